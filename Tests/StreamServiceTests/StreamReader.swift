import KafkaClient
import Settings
import Records

/// An output as any client reads it.
struct ReadRecord: Sendable {
    var partition: Int32
    var offset: Int64
    var timestamp: Int64
    var key: [UInt8]?
    var value: [UInt8]?
    var headers: [String: String]

    /// Which input it came from: `topic/partition/offset`.
    var input: String { headers["millrace-input"] ?? "none" }
}

extension StreamCluster {
    /// Reads a topic from its beginning to its present end.
    func read(_ topic: String) throws -> [ReadRecord] {
        let consumer = try Consumer(
            properties: [
                "bootstrap.servers": mock.bootstrapServers, "group.id": "reader", "enable.partition.eof": "true",
                "fetch.wait.max.ms": "10", "auto.offset.reset": "error",
            ], log: { _ in })
        var queue: WorkerQueue? = try WorkerQueue(consumer: consumer, capacity: 500)
        defer {
            queue = nil
            consumer.close(deadlineMilliseconds: 5_000)
        }
        let all = (0..<Int32(partitions)).map { TopicPartition(topic: topic, partition: $0) }
        for partition in all { consumer.detachQueue(partition) }
        try consumer.assign(
            all.map { RecordPosition(topic: topic, partition: $0.partition, next: NextOffset(0)) })
        for partition in all { _ = queue?.attach(partition) }
        var records: [ReadRecord] = []
        var open = Set(all)
        let through = eventually {
            _ = consumer.poll(timeoutMilliseconds: 0)
            _ = queue?.consume(timeoutMilliseconds: 20) { batch in
                for index in 0..<batch.count {
                    switch batch.kind(index) {
                    case .endOfPartition: open.remove(batch.topicPartition(index))
                    case .record: records.append(ReadRecord(batch, index))
                    case .error: break
                    }
                }
            }
            return open.isEmpty
        }
        guard through else { throw StreamTestError("\(topic) couldn't be read to its end") }
        return records
    }
}

extension ReadRecord {
    init(_ batch: borrowing RecordBatch, _ index: Int) {
        let record = batch.record(index)
        var headers: [String: String] = [:]
        batch.forEachHeader(index) { name, value in
            headers[String(decoding: name, as: UTF8.self)] = String(
                decoding: value.map(Array.init) ?? [], as: UTF8.self)
        }
        self.init(
            partition: record.partition, offset: record.offset, timestamp: record.timestamp,
            key: record.key.map(Array.init), value: record.value.map(Array.init), headers: headers)
    }
}
