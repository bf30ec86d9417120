internal import JSONTree

/// Who tells of a change, and of which record. All of it derives from the input: a record sent again is the same.
package struct DriftOrigin: Sendable, Equatable {
    package var pipeline: String
    package var partition: Int32
    /// Of the input record that brought it.
    package var offset: Int64
    /// The task's number of the label that brought it, where one did: a label's offset is one of another topic, and one record
    /// can end many waits.
    package var label: UInt64?
    /// Milliseconds since 1970, of that record.
    package var time: Int64
    package var signal: String
    package var detector: String
    /// Records that the task had consumed then.
    package var records: UInt64

    package init(
        pipeline: String, partition: Int32, offset: Int64, label: UInt64? = nil, time: Int64, signal: String,
        detector: String, records: UInt64
    ) {
        self.pipeline = pipeline
        self.partition = partition
        self.offset = offset
        self.label = label
        self.time = time
        self.signal = signal
        self.detector = detector
        self.records = records
    }

    /// What the data of each of these events begins with.
    var members: JSONObject {
        JSONObject([
            ("time", .integer(time)), ("signal", .string(signal)), ("detector", .string(detector)),
            ("records", .integer(Int64(clamping: records))),
        ])
    }

    func headers(type: String, suffix: String) -> [RecordHeader] {
        let cause = label.map { "label-\($0)" } ?? "\(offset)"
        return CloudEvent.headers(
            type: type, source: "/millrace/\(pipeline)/\(partition)",
            id: "\(pipeline)-\(partition)-\(cause)-\(signal)-\(detector)\(suffix)", time: time, subject: signal)
    }
}
