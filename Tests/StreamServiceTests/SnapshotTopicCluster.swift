import Foundation
import KafkaClient
import Records
import Settings
import Snapshots
import StreamTasks
import TestSupport
import Testing

/// The brokers that a store's test runs on.
enum StoreBroker: CaseIterable, CustomTestStringConvertible {
    case mock, external

    var testDescription: String { self == .mock ? "mock cluster" : "external broker" }
}

/// A broker with the snapshots topic of one pipeline.
final class SnapshotTopicCluster: Sendable {
    let mock: MockCluster?
    let settings: PipelineSettings
    var topic: String { settings.topics.snapshots }

    /// - Parameters:
    ///   - config: the topic's settings, where the broker has such.
    ///   - kafka: further properties of the clients.
    init(
        _ broker: StoreBroker, partitions: Int = 2, config: [String: String] = [:], kafka: [String: String] = [:],
        external: ExternalBroker? = nil
    ) throws {
        let servers: String
        let name = "store-\(UUID().uuidString.prefix(8).lowercased())"
        switch broker {
        case .mock:
            let made = try MockCluster()
            servers = made.bootstrapServers
            try made.createTopic("\(name).snapshots", partitions: partitions)
            mock = consume made
        case .external:
            mock = nil
            servers = try (external ?? ExternalBroker.shared.get()).bootstrapServers
            let admin = try Admin(properties: ["bootstrap.servers": servers], log: { _ in })
            let compacted = ["cleanup.policy": "compact"].merging(config) { $1 }
            let failures = try admin.createTopics(
                [NewTopic(name: "\(name).snapshots", partitions: partitions, replication: 1, config: compacted)],
                timeoutMilliseconds: 10_000)
            guard failures.isEmpty else { throw StreamTestError("\(failures)") }
            admin.close(deadlineMilliseconds: 5_000)
        }
        let properties = kafka.sorted { $0.key < $1.key }.map { "\n  \($0.key): \"\($0.value)\"" }.joined()
        settings = try PipelineSettings.parse(
            """
            pipeline: \(name)
            kafka:
              bootstrap.servers: "\(servers)"
              receive.message.max.bytes: 1000000000
              reconnect.backoff.ms: 20
              reconnect.backoff.max.ms: 100\(properties)
            features: [{name: a}, {name: b}]
            target: {kind: binary, classes: [DOWN, UP]}
            model: {kind: logistic, optimizer: {kind: adam}}
            snapshots: {store: topic, keep: 4}
            """)
    }

    /// The store as a process of its own has it: nothing is shared with another one but the topic.
    func openStore(_ partition: Int32 = 0) -> any SnapshotStore { SnapshotStores(settings).store(for: partition) }

    /// A record of the topic.
    struct Stored: Sendable {
        var key: String
        var value: [UInt8]?
        var offset: Int64
    }

    /// Everything that one partition holds, as any client reads it.
    func records(_ partition: Int32 = 0) throws -> [Stored] {
        let reader = try PartitionReader(
            properties: settings.kafka, partition: TopicPartition(topic: topic, partition: partition), log: { _ in })
        var records: [Stored] = []
        _ = try reader.read(reader.bounds(timeoutMilliseconds: 10_000).lowerBound..<Int64.max, patience: 30) { record in
            let key = record.key.map { String(decoding: $0, as: UTF8.self) } ?? ""
            records.append(Stored(key: key, value: record.value.map { Array($0) }, offset: record.offset))
            return true
        }
        return records
    }

    /// What compaction leaves: the last value of each key, without tombstones.
    func compacted(_ partition: Int32 = 0) throws -> [String: [UInt8]] {
        var values: [String: [UInt8]] = [:]
        for record in try records(partition) { values[record.key] = record.value }
        return values
    }

    /// Writes records as another process would, in order.
    func write(_ records: [(key: String, value: [UInt8]?)], partition: Int32 = 0) throws {
        let producer = try Producer(
            properties: [
                "bootstrap.servers": settings.kafka["bootstrap.servers"] ?? "", "enable.idempotence": "true",
            ], log: { _ in })
        defer { producer.close(deadlineMilliseconds: 5_000) }
        let topic = try producer.topic(topic)
        let headers = HeaderList(capacity: 1)
        for (key, value) in records {
            let result = StreamCluster.withView(of: Array(key.utf8)) { key in
                StreamCluster.withView(of: value) { value in
                    producer.produce(
                        topic, partition: partition, key: key, value: value, timestamp: 0, headers: headers, token: 0)
                }
            }
            guard result == .enqueued else { throw StreamTestError("\(result)") }
        }
        var delivered = 0
        guard
            eventually({
                producer.serve(timeoutMilliseconds: 10, delivered: { delivered += $0.count }, failed: { _ in })
                return delivered == records.count
            })
        else { throw StreamTestError("\(delivered) of \(records.count) records delivered") }
    }
}

/// A snapshot of so many bytes of state, each time the same for the same records.
func storedSnapshot(records: UInt64, bytes: Int = 3_000, writtenAt: Int64 = 7, partition: Int32 = 0) -> Snapshot {
    var random = SplitMix64(seed: records &* 2 + 1)
    let data = (0..<bytes).map { _ in UInt8(truncatingIfNeeded: random.next() >> 7) }
    var state = StateArchive()
    state.put("model/weights", bytes: data)
    state.put("task/counters", counters: [records])
    return Snapshot(
        metadata: SnapshotMetadata(
            pipeline: "store", settingsDigest: "ab", features: ["a", "b"],
            positions: [
                RecordPosition(topic: "store.features", partition: partition, next: NextOffset(Int64(records)))
            ],
            recordsConsumed: records, recordsSeen: records, recordsLearned: records / 2, writtenAt: writtenAt,
            library: "millrace", blasCore: "none"), state: state)
}
