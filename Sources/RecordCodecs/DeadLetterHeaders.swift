/// One header of an output record, as text.
package struct RecordHeader: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// The headers that a dead letter gets besides its own, as Kafka Connect names them.
package enum DeadLetterHeaders {
    /// - Parameter stage: the step that refused the record, such as `decode`.
    package static func headers(
        topic: String, partition: Int32, offset: Int64, stage: String, component: String = "millrace",
        reason: DecodeReason
    ) -> [RecordHeader] {
        [
            ("topic", topic), ("partition", String(partition)), ("offset", String(offset)), ("stage", stage),
            ("class.name", component), ("exception.class.name", reason.className),
            ("exception.message", reason.message),
        ].map { RecordHeader(name: "__connect.errors." + $0.0, value: $0.1) }
    }
}
