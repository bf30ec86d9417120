package import Records

/// Predictions to the JSON of the predictions topic.
///
/// - Cost: about a hundred nanoseconds, and allocates nothing once warm. One thread at a time.
package struct PredictionEncoder: ~Copyable {
    private var output = JSONBuffer()
    /// From the timestamp's end to the number in the version.
    private let model: [UInt8]
    private let topic: [UInt8]
    /// The classes as they are declared: text in quotes, numbers and booleans bare.
    private let classes: [[UInt8]]
    /// The same as the names of members: all of them text.
    private let names: [[UInt8]]

    /// - Parameter partition: the task's, which a version starts with.
    /// - Parameter topic: the features topic, for ids made of a record's place.
    package init(pipeline: String, target: Target, partition: Int32, topic: String) {
        var part = JSONBuffer()
        part.append(",\"model\":")
        part.append(string: pipeline)
        part.append(",\"version\":\"")
        part.append(integer: Int64(partition))
        part.append("-")
        model = Array(part.bytes)
        part.clear()
        part.append(string: topic)
        self.topic = Array(part.bytes.dropLast())
        classes = target.classes.map(Self.spelling)
        names = target.classes.map { name in
            var quoted = JSONBuffer()
            quoted.append(string: name.description)
            return Array(quoted.bytes)
        }
    }

    private static func spelling(_ name: ClassName) -> [UInt8] {
        guard case .text(let text) = name else { return Array(name.description.utf8) }
        var quoted = JSONBuffer()
        quoted.append(string: text)
        return Array(quoted.bytes)
    }

    /// One prediction's record.
    /// - Parameter id: the JSON token as it stood, else the key (where it is UTF-8), else topic-partition-offset is taken.
    /// - Parameter timestamp: milliseconds since 1970; negative (there is none) becomes null.
    /// - Parameter versionRecords: the records that the task had consumed, which a version ends with.
    /// - Parameter probabilities: `[classes]`; written where there are more than two.
    /// - Returns: bytes that are valid until the next call.
    package mutating func encode(
        id: UnsafeRawBufferPointer?, key: UnsafeRawBufferPointer?, partition: Int32, offset: Int64, timestamp: Int64,
        versionRecords: UInt64, prediction: Prediction,
        probabilities: UnsafeBufferPointer<Float> = UnsafeBufferPointer(start: nil, count: 0), learned: Bool
    ) -> UnsafeRawBufferPointer {
        output.clear()
        output.append("{\"id\":")
        if let id {
            output.append(id)
        } else if let key, Self.isText(key) {
            output.append(string: key)
        } else {
            output.append(topic)
            output.append("-")
            output.append(integer: Int64(partition))
            output.append("-")
            output.append(integer: offset)
            output.append("\"")
        }
        output.append(",\"timestamp\":")
        if timestamp >= 0 { output.append(integer: timestamp) } else { output.append("null") }
        output.append(model)
        output.append(unsigned: versionRecords)
        output.append("\",\"prediction\":")
        if classes.indices.contains(prediction.classIndex) {
            output.append(classes[prediction.classIndex])
        } else {
            output.append(number: prediction.score)
        }
        output.append(",\"score\":")
        output.append(number: prediction.score)
        if classes.count > 2, probabilities.count == classes.count { append(probabilities) }
        output.append(learned ? ",\"learned\":true}" : "}")
        return output.bytes
    }

    /// Of each class; of two, `score` says as much.
    private mutating func append(_ probabilities: UnsafeBufferPointer<Float>) {
        output.append(",\"probabilities\":{")
        for index in 0..<classes.count {
            if index > 0 { output.append(",") }
            output.append(names[index])
            output.append(":")
            output.append(number: probabilities[index])
        }
        output.append("}")
    }

    private static func isText(_ key: UnsafeRawBufferPointer) -> Bool {
        key.withMemoryRebound(to: UInt8.self) { (try? UTF8Span(validating: $0.span)) != nil }
    }
}
