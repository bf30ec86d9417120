internal import KafkaClient
internal import Records
internal import Settings
internal import StreamService

extension BenchSetup {
    /// Produces `count` records to the features topic, over all partitions in turn.
    /// - Throws: where the broker has dropped the oldest before the last one is there, as the embedded one does.
    func fill(_ count: Int) throws {
        Output.note("producing \(count.grouped) records to \(settings.topics.features)")
        // Full batches: the embedded broker hands out one a partition and fetch, and would be what is measured.
        let producer = try BenchProducer(
            properties: properties.merging(["linger.ms": "200"]) { $1 }, topic: settings.topics.features,
            partitions: partitions)
        try records.withRecords { views in
            for index in 0..<count { try producer.send(views[index % views.count]) }
        }
        try producer.finish()
        for (_, marks) in try ends() where marks.low != 0 {
            throw CommandError(
                "the broker has dropped the oldest records already: fewer --records or more --partitions")
        }
    }

    /// Commits everything that is in the features topic for a group, as if it had been processed.
    func commitAll(of group: String) throws {
        let consumer = try Consumer(
            properties: settings.consumerProperties.merging(["group.id": group]) { $1 }, log: { _ in })
        defer { consumer.close(deadlineMilliseconds: 5_000) }
        try consumer.commitSync(
            try ends().map { place, marks in
                RecordPosition(topic: place.topic, partition: place.partition, next: NextOffset(marks.high))
            }, timeoutMilliseconds: 30_000)
    }

    private func ends() throws -> [(TopicPartition, (low: Int64, high: Int64))] {
        let consumer = try Consumer(properties: settings.consumerProperties) { _ in }
        defer { consumer.close(deadlineMilliseconds: 5_000) }
        return try (0..<Int32(partitions)).map { partition in
            let place = TopicPartition(topic: settings.topics.features, partition: partition)
            return (place, try consumer.watermarks(place, timeoutMilliseconds: 15_000))
        }
    }
}
