internal import JSONTree

/// That a task went on without records that were gone, for the drift topic: a CloudEvent, as alerts are.
package struct InputGapNotice: Sendable, Equatable {
    /// Milliseconds since 1970, of the record that tells of it.
    package var time: Int64
    package var pipeline: String
    package var topic: String
    package var partition: Int32
    /// The first offset that was passed over, and the one where the task went on.
    package var from: Int64
    package var to: Int64
    /// Records that the task had consumed then.
    package var records: UInt64

    package static let type = "io.millrace.input.gap"
    package static let signal = "input"

    package init(
        time: Int64, pipeline: String, topic: String, partition: Int32, from: Int64, to: Int64, records: UInt64
    ) {
        self.time = time
        self.pipeline = pipeline
        self.topic = topic
        self.partition = partition
        self.from = from
        self.to = to
        self.records = records
    }

    /// The same again when it is sent again.
    package var id: String { "\(pipeline)-\(partition)-gap-\(from)-\(to)" }

    package func encoded() -> (headers: [RecordHeader], value: [UInt8]) {
        let value: JSONValue = [
            "time": .integer(time), "signal": .string(Self.signal), "topic": .string(topic),
            "partition": .integer(Int64(partition)), "from": .integer(from), "to": .integer(to),
            "records": .integer(Int64(clamping: records)),
        ]
        let headers = CloudEvent.headers(
            type: Self.type, source: "/millrace/\(pipeline)/\(partition)", id: id, time: time, subject: Self.signal)
        return (headers, Array(value.text.utf8))
    }
}
