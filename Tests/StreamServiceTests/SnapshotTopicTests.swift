import Foundation
import JSONTree
import KafkaClient
import Records
import Settings
import Snapshots
import StreamTasks
import TestSupport
import Testing

/// The store in a topic, as one process after the other sees it. Each `openStore` is a process of its own: it shares
/// nothing with another one but the topic.
@Suite struct SnapshotTopicTests {
    @Test(arguments: StoreBroker.allCases)
    func `a snapshot comes back byte for byte in another process`(broker: StoreBroker) async throws {
        try await onOwnThread {
            let cluster = try SnapshotTopicCluster(broker)
            let snapshot = storedSnapshot(records: 500, bytes: 2_500_000)
            let path = try cluster.openStore(1).publish(snapshot)
            #expect(path == "kafka:\(cluster.topic)/1/500")

            let other = cluster.openStore(1)
            let found = try #require(try other.newestVerified(atOrBefore: { _ in true }, rejected: noneExpected))
            #expect(SnapshotFormat.encode(found) == SnapshotFormat.encode(snapshot))
            let entries = try other.entries()
            #expect(entries.map(\.path) == [path])
            #expect(entries.map(\.bytes) == [SnapshotFormat.encode(snapshot).count])
            #expect(try SnapshotFormat.encode(other.read(entries[0])) == SnapshotFormat.encode(snapshot))
            #expect(try cluster.openStore(0).entries().isEmpty, "each task has the partition of its number")
        }
    }

    @Test(arguments: StoreBroker.allCases)
    func `what the topic holds is chunks and a manifest as the contract has them`(broker: StoreBroker) async throws {
        try await onOwnThread {
            let cluster = try SnapshotTopicCluster(broker)
            let snapshot = storedSnapshot(records: 45_312, bytes: 2_100_000)
            _ = try cluster.openStore().publish(snapshot)
            let records = try cluster.records()
            let file = SnapshotFormat.encode(snapshot)
            let content = SnapshotManifest.checksum(of: file).prefix(16)
            #expect(
                records.map(\.key) == [
                    "0/00000000000000045312/\(content)-000000", "0/00000000000000045312/\(content)-000001",
                    "0/00000000000000045312/\(content)-000002", "0/00000000000000045312/manifest",
                ])
            #expect(records.dropLast().flatMap { $0.value ?? [] } == file, "raw bytes, in order")
            #expect(records.allSatisfy { $0.value?.count ?? 0 < 1_000_000 })
            let manifest = try JSONValue.parse(records.last?.value ?? [])
            #expect(try JSONSchema(named: "snapshot-manifest").findings(manifest) == [])
            #expect(manifest["chunks"] == 3 && manifest["start"] == 0)
        }
    }

    @Test(arguments: StoreBroker.allCases)
    func `the newest one at or before the committed positions is taken`(broker: StoreBroker) async throws {
        try await onOwnThread {
            let cluster = try SnapshotTopicCluster(broker)
            let writer = cluster.openStore()
            // So many that the newest are not all there is in the last records of the partition.
            for records in stride(from: 100 as UInt64, through: 4_000, by: 100) {
                _ = try writer.publish(storedSnapshot(records: records, bytes: 200))
            }
            let reader = cluster.openStore()
            for (committed, expected) in [(4_000, 4_000), (3_999, 3_900), (150, 100), (99, nil)] as [(Int64, UInt64?)] {
                let found = try reader.newestVerified(
                    atOrBefore: { $0.positions.allSatisfy { $0.next <= NextOffset(committed) } }, rejected: noneExpected
                )
                #expect(found?.metadata.recordsConsumed == expected, "committed \(committed)")
            }
            #expect(try reader.entries().map(\.records).prefix(3) == [4_000, 3_900, 3_800])
        }
    }

    @Test(arguments: StoreBroker.allCases)
    func `the newest stay and everything of the older ones is removed, chunk by chunk`(broker: StoreBroker) async throws
    {
        try await onOwnThread {
            let cluster = try SnapshotTopicCluster(broker, kafka: ["message.max.bytes": "2000"])
            let first = cluster.openStore()
            for records in 1...5 as ClosedRange<UInt64> {
                _ = try first.publish(storedSnapshot(records: records))
                #expect(first.retain(newest: 3).isEmpty)
            }
            // A process that comes later knows nothing of those yet.
            let second = cluster.openStore()
            #expect(second.retain(newest: 1).isEmpty)
            #expect(try second.entries().map(\.records) == [5, 4, 3], "it has published none, so it removes none")
            _ = try second.publish(storedSnapshot(records: 6))
            #expect(second.retain(newest: 3).isEmpty)
            #expect(try second.entries().map(\.records) == [6, 5, 4])
            for entry in try second.entries() {
                #expect(try second.read(entry).metadata.recordsConsumed == entry.records)
            }
            let kept = Set(try cluster.compacted().keys.compactMap { $0.split(separator: "/").dropFirst().first })
            #expect(kept.compactMap { UInt64($0) }.sorted() == [4, 5, 6], "compaction leaves nothing of the others")
        }
    }

    @Test(arguments: StoreBroker.allCases)
    func `the same position published again takes the place of the first, whose chunks are removed`(
        broker: StoreBroker
    ) async throws {
        try await onOwnThread {
            let cluster = try SnapshotTopicCluster(broker)
            _ = try cluster.openStore().publish(storedSnapshot(records: 7, writtenAt: 1))
            let second = cluster.openStore()
            _ = try second.publish(storedSnapshot(records: 7, writtenAt: 2))
            let found = try cluster.openStore().newestVerified(atOrBefore: { _ in true }, rejected: noneExpected)
            #expect(found?.metadata.writtenAt == 2)
            _ = try second.publish(storedSnapshot(records: 8))
            #expect(second.retain(newest: 2).isEmpty)
            #expect(try cluster.compacted().count == 4, "two snapshots of one chunk and one manifest each")
            #expect(try second.entries().map(\.records) == [8, 7])
        }
    }

    @Test(arguments: StoreBroker.allCases)
    func `a process that lost its partition does no harm`(broker: StoreBroker) async throws {
        try await onOwnThread {
            let cluster = try SnapshotTopicCluster(broker)
            let zombie = cluster.openStore()
            _ = try zombie.publish(storedSnapshot(records: 100))
            let owner = cluster.openStore()
            #expect(
                try owner.newestVerified(atOrBefore: { _ in true }, rejected: noneExpected)?.metadata.recordsConsumed
                    == 100)
            _ = try owner.publish(storedSnapshot(records: 300))
            _ = try owner.publish(storedSnapshot(records: 400))
            // It wakes up with an older one in its hands, and may keep one only.
            _ = try zombie.publish(storedSnapshot(records: 200))
            #expect(zombie.retain(newest: 1).isEmpty)

            let next = cluster.openStore()
            let found = try next.newestVerified(atOrBefore: { _ in true }, rejected: noneExpected)
            #expect(found?.metadata.recordsConsumed == 400, "the newest, though an older one was written after it")
            #expect(try next.entries().map(\.records) == [400, 300, 200], "only what is older than its own")
            let before = try next.newestVerified(
                atOrBefore: { $0.recordsConsumed <= 250 }, rejected: noneExpected)
            #expect(before?.metadata.recordsConsumed == 200)
        }
    }

    @Test(arguments: StoreBroker.allCases)
    func `a fresh start sets all snapshots aside: none is found and none is lost`(broker: StoreBroker) async throws {
        try await onOwnThread {
            let cluster = try SnapshotTopicCluster(broker)
            let first = cluster.openStore()
            for records in [10, 20] as [UInt64] { _ = try first.publish(storedSnapshot(records: records)) }
            let anew = cluster.openStore()
            try anew.setAside()
            #expect(try anew.entries().isEmpty)
            #expect(try anew.newestVerified(atOrBefore: { _ in true }, rejected: noneExpected) == nil)
            for records in [1, 2, 30] as [UInt64] { _ = try anew.publish(storedSnapshot(records: records)) }
            #expect(anew.retain(newest: 1).isEmpty)
            #expect(try anew.entries().map(\.records) == [30])
            let keys = try cluster.compacted().keys.sorted()
            #expect(keys.count { $0.contains("/set-aside-") } == 2)
            #expect(keys.count { $0.contains("00000000000000000020/") } == 2, "its manifest, set aside, and its chunk")
        }
    }

    @Test func `chunks are smaller than what the topic takes, whatever the clients would send`() async throws {
        try await onOwnThread {
            let cluster = try SnapshotTopicCluster(.external, config: ["max.message.bytes": "20000"])
            let snapshot = storedSnapshot(records: 9, bytes: 100_000)
            _ = try cluster.openStore().publish(snapshot)
            let chunks = try cluster.records().filter { !$0.key.hasSuffix("manifest") }
            #expect(chunks.count == 6)
            #expect(chunks.allSatisfy { $0.value?.count ?? 0 < 20_000 })
            let found = try cluster.openStore().newestVerified(atOrBefore: { _ in true }, rejected: noneExpected)
            #expect(found?.state == snapshot.state)
        }
    }
}

/// For where nothing may be passed over.
@Sendable func noneExpected(_ path: String, _ error: SnapshotError) { Issue.record("passed over: \(error)") }
