internal import KafkaClient
internal import Records
internal import Settings
internal import StreamService

/// A range of one partition's records, read without a group.
struct TopicRecords {
    let partition: TopicPartition
    let range: Range<Int64>
    private let reader: PartitionReader

    /// Seconds in which the broker may stay silent.
    private static let patience = 30.0
    private static let timeout: Int32 = 15_000

    /// Asks the broker which records there are.
    /// - Parameter settings: with the brokers to ask.
    init(_ options: TopicOptions, topic: String, _ settings: PipelineSettings) throws {
        let counts = try BrokerTopics(settings).partitionCounts()
        guard let count = counts[topic] else { throw CommandError("there is no topic \(topic)") }
        let chosen = options.partition ?? 0
        guard options.partition != nil || count == 1 else {
            throw CommandError("\(topic) has the partitions 0 to \(count - 1); choose one with --partition")
        }
        guard chosen < count else {
            throw CommandError("\(topic) has the partitions 0 to \(count - 1); there is no \(chosen)")
        }
        partition = TopicPartition(topic: topic, partition: chosen)
        reader = try PartitionReader(properties: settings.consumerProperties, partition: partition) { _ in }
        do {
            range = try options.range.resolved(
                in: reader.bounds(timeoutMilliseconds: Self.timeout), of: partition)
        } catch {
            reader.close(deadlineMilliseconds: 2_000)
            throw error
        }
    }

    /// What is evaluated, in words.
    var title: String { "\(partition), offsets \(range.lowerBound) to \(range.upperBound - 1)" }

    /// Hands over the records in their order, each with the share of the range that lies behind it.
    func forEach(_ body: (InputRecord, _ share: Double) -> Void) throws {
        defer { reader.close(deadlineMilliseconds: 2_000) }
        _ = try reader.read(range, patience: Self.patience) { record in
            body(record, Double(record.offset - range.lowerBound + 1) / Double(range.count))
            return true
        }
    }
}
