internal import KafkaClient
internal import Records
internal import Settings
internal import StreamTasks

/// What the group's commits tell of the features topic.
extension Assignment {
    /// How many partitions the topic had when the group began, as commits of partitions tell that aren't this process's.
    /// Asked only where one of its own was never committed: either the group begins, or the partition was added to it.
    /// - Returns: nil where there is nothing to ask for, or nothing is told.
    func countOfOthers(
        _ partitions: [TopicPartition], _ committed: [TopicPartition: RecordPosition]
    ) throws(KafkaError) -> Int? {
        guard partitions.contains(where: { committed[$0] == nil }) else { return nil }
        let topic = service.settings.topics.features
        let others = (0..<Int32(partitionCount)).map { TopicPartition(topic: topic, partition: $0) }
            .filter { !partitions.contains($0) }
        var told = committed
        if !others.isEmpty {
            let positions = try consumer.committedPositions(others, timeoutMilliseconds: Int(Self.brokerTimeout))
            told.merge(positions) { $1 }
        }
        return told.values.lazy.compactMap { $0.note.flatMap(CommitNote.init)?.partitions }.first
    }

    /// How many partitions there are now: those of the start, or more, where one beyond them has come.
    func count(with partition: TopicPartition) -> Int { max(partitionCount, Int(partition.partition) + 1) }
}
