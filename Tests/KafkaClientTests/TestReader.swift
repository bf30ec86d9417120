import Foundation
import KafkaClient
import Records

/// What a test reads: a copy of a record, or the end of a partition.
struct ReadRecord: Equatable {
    var key: String?
    var value: String?
    var timestamp: Int64
    var partition: Int32
    var offset: Int64
    var traceparent: String?
    var headers: [RecordHeader]
}

/// A consumer with one worker's queue, all on the test's thread.
final class TestReader {
    let consumer: Consumer
    private var queue: WorkerQueue?
    var records: [ReadRecord] = []
    var ends: [TopicPartition: Int64] = [:]
    var failures: [KafkaError] = []
    var events: [ConsumerEvent] = []
    var owned: Set<TopicPartition> = []
    var commitsAtRevoke = false

    init(_ properties: [String: String], capacity: Int = 100) throws {
        consumer = try Consumer(properties: properties, log: { _ in })
        queue = try WorkerQueue(consumer: consumer, capacity: capacity)
    }

    deinit {
        queue = nil
        consumer.close(deadlineMilliseconds: 10_000)
    }

    /// Reads one partition from the start, without a group's help.
    func read(_ partition: TopicPartition, from next: Int64 = 0) throws {
        consumer.detachQueue(partition)
        try consumer.assign([
            RecordPosition(topic: partition.topic, partition: partition.partition, next: NextOffset(next))
        ])
        queue?.attach(partition)
        owned = [partition]
    }

    /// One turn of the loop: an event, if there is one, and what the queue holds.
    func turn() throws {
        if let event = consumer.poll(timeoutMilliseconds: 5) { try handle(event) }
        drain(timeoutMilliseconds: 5)
    }

    func drain(timeoutMilliseconds: Int32) {
        _ = queue?.consume(timeoutMilliseconds: timeoutMilliseconds) { batch in
            for index in 0..<batch.count { take(batch, index) }
        }
    }

    func detach(_ partition: TopicPartition) {
        queue?.detach(partition)
        owned.remove(partition)
    }

    func close() -> Bool {
        consumer.close(deadlineMilliseconds: 20_000) { event in
            events.append(event)
            guard case .revoked(let partitions, _) = event else { return }
            for partition in partitions { detach(partition) }
            queue = nil
        }
    }

    func dropQueue() { queue = nil }

    var nextPositions: [RecordPosition] {
        owned.compactMap { place in
            let offsets = records.filter { $0.partition == place.partition }.map(\.offset)
            return offsets.max().map {
                RecordPosition(topic: place.topic, partition: place.partition, next: NextOffset(after: $0))
            }
        }
    }

    private func handle(_ event: ConsumerEvent) throws {
        events.append(event)
        switch event {
        case .assigned(let partitions):
            let committed = try consumer.committed(partitions, timeoutMilliseconds: 20_000)
            for partition in partitions { consumer.detachQueue(partition) }
            try consumer.acceptAssignment(
                partitions.map {
                    RecordPosition(topic: $0.topic, partition: $0.partition, next: committed[$0] ?? NextOffset(0))
                })
            for partition in partitions {
                queue?.attach(partition)
                owned.insert(partition)
            }
        case .revoked(let partitions, let lost):
            if commitsAtRevoke, !lost { try commitBeforeRelease() }
            for partition in partitions { detach(partition) }
            try consumer.releaseAssignment(partitions)
        default: break
        }
    }

    /// Kafka takes this commit; the mock and noida-db have ended the generation by now and call it stale.
    private func commitBeforeRelease() throws {
        do throws(KafkaError) { try consumer.commitSync(nextPositions, timeoutMilliseconds: 30_000) } catch {
            guard error.isStale else { throw error }
        }
    }

    private func take(_ batch: borrowing RecordBatch, _ index: Int) {
        switch batch.kind(index) {
        case .endOfPartition: ends[batch.topicPartition(index)] = batch.offset(index)
        case .error: if let error = batch.error(index) { failures.append(error) }
        case .record:
            let record = batch.record(index)
            var headers: [RecordHeader] = []
            batch.forEachHeader(index) { headers.append(RecordHeader(name: Array($0), value: $1.map(Array.init))) }
            records.append(
                ReadRecord(
                    key: record.key?.text, value: record.value?.text, timestamp: record.timestamp,
                    partition: record.partition, offset: record.offset, traceparent: record.traceparent?.text,
                    headers: headers))
        }
    }
}
