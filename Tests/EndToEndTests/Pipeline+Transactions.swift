import Foundation
import KafkaClient
import Records
import TestSupport

extension Pipeline {
    /// Produces in one transaction, whose marker takes an offset of its own behind the last record.
    func produceInTransaction(_ records: [ProducedRecord]) throws {
        let producer = try Producer(
            properties: [
                "bootstrap.servers": broker.bootstrapServers, "transactional.id": "\(name)-\(UUID().uuidString)",
            ], log: { _ in })
        defer { producer.close(deadlineMilliseconds: 10_000) }
        try expectDone(producer.initTransactions(timeoutMilliseconds: 30_000))
        try expectDone(producer.beginTransaction())
        let target = try producer.topic(topic("features"))
        let headers = HeaderList(capacity: 1)
        for record in records {
            let result = Array((record.value ?? "").utf8).withUnsafeBytes { value in
                producer.produce(
                    target, partition: Int32(record.partition ?? 0), key: nil, value: value, timestamp: 0,
                    headers: headers, token: 0)
            }
            guard result == .enqueued else { throw EndToEndError("a record wasn't taken: \(result)") }
        }
        try expectDone(producer.commitTransaction(timeoutMilliseconds: 30_000))
    }

    /// Commits a position by hand, as `kafka-consumer-groups --reset-offsets` does.
    func commit(_ next: Int64, partition: Int32 = 0) throws {
        let consumer = try Consumer(
            properties: ["bootstrap.servers": broker.bootstrapServers, "group.id": name], log: { _ in })
        defer { consumer.close(deadlineMilliseconds: 10_000) }
        try consumer.commitSync(
            [
                RecordPosition(topic: topic("features"), partition: partition, next: NextOffset(next))
            ], timeoutMilliseconds: 30_000)
    }

    private func expectDone(_ outcome: TransactionOutcome) throws {
        guard outcome == .done else { throw EndToEndError("a transaction's step failed: \(outcome)") }
    }
}
