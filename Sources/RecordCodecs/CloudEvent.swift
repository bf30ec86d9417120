/// The attributes of a CloudEvent as Kafka headers.
/// - Source: CloudEvents 1.0, Kafka protocol binding, binary content mode: the value is the data alone.
enum CloudEvent {
    /// - Parameter time: milliseconds since 1970.
    static func headers(type: String, source: String, id: String, time: Int64, subject: String) -> [RecordHeader] {
        [
            ("ce_specversion", "1.0"), ("ce_type", type), ("ce_source", source), ("ce_id", id),
            ("ce_time", EventTime.text(milliseconds: time)), ("ce_subject", subject),
            ("content-type", "application/json"),
        ].map { RecordHeader(name: $0.0, value: $0.1) }
    }
}
