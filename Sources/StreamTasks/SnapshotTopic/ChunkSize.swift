internal import KafkaClient

/// How many bytes of a snapshot go into one record.
enum ChunkSize {
    /// Where the brokers don't say. Kafka's own limit is 1,048,588 with a batch's overhead, librdkafka's is this.
    static let standard = 1_000_000
    /// What a record and its batch take besides the value: 61 bytes of batch, 70 of key, and the lengths.
    private static let overhead = 512
    /// Below it a snapshot would be dust.
    private static let least = 1_024

    /// - Parameters:
    ///   - topic: the topic's settings, as the brokers have them; empty where they don't say.
    ///   - producer: librdkafka's properties.
    /// - Returns: nil where the limits leave no room.
    static func bytes(topic: [String: ConfigEntry], producer: [String: String]) -> Int? {
        let limits = [
            topic["max.message.bytes"]?.value, topic["segment.bytes"]?.value, producer["message.max.bytes"],
        ].compactMap { $0.flatMap(Int.init) }
        let limit = min(limits.min() ?? standard, standard)
        return limit >= least + overhead ? limit - overhead : nil
    }
}
