import Foundation
import JSONTree
import KafkaClient
import Records
import Settings
import Snapshots
import StreamTasks
import Synchronization
import TestSupport
import Testing

/// What a crash, a broker or somebody's hand may leave in a snapshots topic.
@Suite struct SnapshotTopicFaultTests {
    private typealias Records = [(key: String, value: [UInt8]?)]

    /// What is done to the records of a whole snapshot, three chunks and a manifest, and what is said of it then.
    private static let spoilers: [(name: String, reason: String, spoil: @Sendable (inout Records) -> Void)] = [
        ("no manifest", "it has 3 chunks and no manifest: it was never finished", { $0.removeLast() }),
        ("one chunk alone", "it has 1 chunks and no manifest: it was never finished", { $0.removeLast(3) }),
        ("a missing chunk", "chunk 1 of its 3 is missing", { $0.remove(at: 1) }),
        ("a chunk that was removed", "chunk 1 of its 3 is missing", { $0[1].value = nil }),
        ("an altered chunk", "the file's SHA-256 is", { $0[1].value?[7] ^= 1 }),
        ("a shorter chunk", "the file's SHA-256 is", { $0[2].value?.removeLast() }),
        ("a longer chunk", "chunk 2 of its 3 is missing", { $0[2].value? += [0] }),
        ("a manifest that isn't one", "its manifest is malformed", { $0[3].value = Array("{}".utf8) }),
        ("a manifest of bytes", "its manifest is malformed", { $0[3].value = [0xFF, 0x00, 0x7B] }),
        (
            "a manifest of a later version", "it has the format 2",
            { alter(&$0[3].value, "\"format\":1", "\"format\":2") }
        ),
        (
            "a manifest of another position", "it is named for 200",
            { alter(&$0[3].value, "\"records\":200", "\"records\":201") }
        ),
        (
            "a manifest that claims everything", "is missing",
            { alter(&$0[3].value, "\"chunks\":3", "\"chunks\":999999999", "\"bytes\":", "\"bytes\":99999999999") }
        ),
        (
            "a manifest that starts beyond the end", "is missing",
            { alter(&$0[3].value, "\"start\":", "\"start\":9000") }
        ),
    ]

    @Test(arguments: StoreBroker.allCases)
    func `a torn or altered snapshot is passed over and said, and cleaned up later`(broker: StoreBroker) async throws {
        try await onOwnThread {
            let cluster = try SnapshotTopicCluster(broker, partitions: Self.spoilers.count)
            let writers = SnapshotStores(cluster.settings)
            for (partition, spoiler) in zip(Int32(0)..., Self.spoilers) {
                _ = try writers.store(for: partition).publish(storedSnapshot(records: 100, partition: partition))
                var records = wholeSnapshot(records: 200, partition: partition, start: 2)
                spoiler.spoil(&records)
                try cluster.write(records, partition: partition)

                let store = writers.store(for: partition)
                let passedOver = Mutex<[String]>([])
                let found = try store.newestVerified(atOrBefore: { _ in true }) { path, error in
                    #expect(path == "kafka:\(cluster.topic)/\(partition)/200")
                    passedOver.withLock { $0.append("\(error)") }
                }
                #expect(found?.metadata.recordsConsumed == 100, "\(spoiler.name)")
                let said = passedOver.withLock { $0 }
                #expect(said.count == 1 && said.first?.contains(spoiler.reason) == true, "\(spoiler.name): \(said)")

                _ = try store.publish(storedSnapshot(records: 300, partition: partition))
                #expect(store.retain(newest: 1).isEmpty)
                let left = try cluster.compacted(partition).keys
                #expect(left.count == 2 && left.allSatisfy { $0.contains("00300/") }, "\(spoiler.name): \(left)")
            }
        }
    }

    @Test func `the spoiled snapshot would be taken if it were whole`() async throws {
        try await onOwnThread {
            let cluster = try SnapshotTopicCluster(.mock)
            try cluster.write(wholeSnapshot(records: 200, partition: 0, start: 0))
            let found = try cluster.openStore().newestVerified(atOrBefore: { _ in true }, rejected: noneExpected)
            #expect(found?.metadata.recordsConsumed == 200)
        }
    }

    @Test func `what the broker's compaction leaves is whole`() async throws {
        guard try !ExternalBroker.shared.get().isForeign else { return }  // when another one compacts is its own affair
        try await onOwnThread {
            let soon = [
                "segment.ms": "100", "segment.bytes": "4000", "min.cleanable.dirty.ratio": "0.01",
                "max.compaction.lag.ms": "200", "delete.retention.ms": "100",
            ]
            let cluster = try SnapshotTopicCluster(.external, config: soon, kafka: ["message.max.bytes": "2000"])
            let store = cluster.openStore()
            for records in 1...8 as ClosedRange<UInt64> {
                _ = try store.publish(storedSnapshot(records: records))
                #expect(store.retain(newest: 3).isEmpty)
            }
            // Eight snapshots of four records were written; three of them stay, and for the rest tombstones may.
            let isCompacted = try eventually { try cluster.records().count { $0.value != nil } < 20 }
            #expect(isCompacted, "compaction never came")
            let fresh = cluster.openStore()
            let entries = try fresh.entries()
            #expect(entries.map(\.records) == [8, 7, 6])
            for entry in entries { #expect(try fresh.read(entry) == store.read(entry)) }
            let found = try fresh.newestVerified(atOrBefore: { $0.recordsConsumed < 8 }, rejected: noneExpected)
            #expect(found?.metadata.recordsConsumed == 7)
            _ = try fresh.publish(storedSnapshot(records: 9))
            #expect(fresh.retain(newest: 1).isEmpty)
            #expect(try fresh.entries().map(\.records) == [9])
        }
    }

    @Test func `whatever stands in the topic, nothing traps and the snapshot is found`() async throws {
        try await onOwnThread {
            let cluster = try SnapshotTopicCluster(.mock)
            _ = try cluster.openStore().publish(storedSnapshot(records: 100))
            let seed = UInt64.random(in: 0...UInt64.max)
            print("seed \(seed)")
            var random = SplitMix64(seed: seed)
            let keys = [
                "", "0", "0//", "0/1/manifest", "0/00000000000000000200/manifest", "1/00000000000000000200/manifest",
                "0/99999999999999999999/manifest", "0/18446744073709551615/manifest",
                "-1/00000000000000000200/manifest",
                "0/00000000000000000200/0123456789abcdef-000000", "0/00000000000000000200/0123456789abcdef--00001",
                "0/00000000000000000200/0123456789abcdef-9223372036854775807", "0/00000000000000000200/set-aside-x",
                "0/00000000000000000200/set-aside-5",
            ]
            try cluster.write(
                (0..<300).map { _ in
                    let key = keys[Int(random.next() % UInt64(keys.count))]
                    let length = Int(random.next() % 40)
                    let value = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
                    return (key, random.next() % 4 == 0 ? nil : value)
                })
            let store = cluster.openStore()
            #expect(try store.newestVerified(atOrBefore: { _ in true }) { _, _ in }?.metadata.recordsConsumed == 100)
            _ = try store.publish(storedSnapshot(records: 101))
            #expect(store.retain(newest: 1).isEmpty)
            #expect(try store.entries().contains { $0.records == 101 })
        }
    }

    @Test func `the old one stays until the new one has been read back`() async throws {
        try await onOwnThread {
            let cluster = try SnapshotTopicCluster(.mock, kafka: ["message.max.bytes": "2000"])
            let stores = SnapshotStores(cluster.settings, patienceMilliseconds: 3_000)
            let store = stores.store(for: 0)
            _ = try store.publish(storedSnapshot(records: 100))
            // The second chunk isn't taken.
            let tooLarge: Int32 = 10
            cluster.mock?.pushErrors([0, tooLarge], on: .produce)
            #expect(throws: SnapshotError.self) { _ = try store.publish(storedSnapshot(records: 200)) }
            _ = store.retain(newest: 1)
            #expect(try cluster.openStore().entries().map(\.records) == [100])

            // The broker is away from some moment within publishing on.
            let isPublishing = DispatchSemaphore(value: 0)
            let ended = DispatchSemaphore(value: 0)
            let outcome = Mutex<Result<String, SnapshotError>?>(nil)
            Thread.detachNewThread {
                isPublishing.signal()
                let result = Result { () throws(SnapshotError) in
                    try store.publish(storedSnapshot(records: 300, bytes: 1_000_000))
                }
                outcome.withLock { $0 = result }
                ended.signal()
            }
            isPublishing.wait()
            Thread.sleep(forTimeInterval: 0.05)
            try cluster.mock?.takeDown()
            ended.wait()
            #expect(throws: SnapshotError.self) { _ = try outcome.withLock { try $0?.get() } }
            let failures = store.retain(newest: 1)
            #expect(failures.count == 1, "it can't even look")
            try cluster.mock?.bringUp()

            let found = try cluster.openStore().newestVerified(atOrBefore: { _ in true }) { _, _ in }
            #expect(found?.metadata.recordsConsumed == 100)
            // The next one goes through, and then the old ones go.
            _ = try store.publish(storedSnapshot(records: 400))
            #expect(store.retain(newest: 1).isEmpty)
            #expect(try cluster.openStore().entries().map(\.records) == [400])
        }
    }

    @Test func `brokers that can't be asked are an error, never an empty store`() async throws {
        try await onOwnThread {
            let cluster = try SnapshotTopicCluster(.mock)
            let store = SnapshotStores(cluster.settings, patienceMilliseconds: 1_000).store(for: 0)
            _ = try store.publish(storedSnapshot(records: 100))
            try cluster.mock?.takeDown()
            #expect(throws: SnapshotError.self) {
                _ = try store.newestVerified(atOrBefore: { _ in true }, rejected: noneExpected)
            }
            #expect(throws: SnapshotError.self) { _ = try store.entries() }
            do {
                _ = try store.publish(storedSnapshot(records: 200))
                Issue.record("it was published")
            } catch let error as SnapshotError {
                #expect(error.disposition == .retry)
                #expect(error.description.contains("kafka:\(cluster.topic)/0/200"))
                #expect(error.description.contains("look at the brokers"))
            }
        }
    }
}

/// The records of a snapshot that nothing is wrong with, in three chunks.
private func wholeSnapshot(records: UInt64, partition: Int32, start: Int64) -> [(key: String, value: [UInt8]?)] {
    let snapshot = storedSnapshot(records: records, partition: partition)
    let file = SnapshotFormat.encode(snapshot)
    let chunks = SnapshotChunks(bytes: file.count, size: file.count / 3 + 1).ranges
    let manifest = SnapshotManifest(
        partition: partition, outline: snapshot.metadata.outline, bytes: file.count, chunks: chunks.count,
        checksum: SnapshotManifest.checksum(of: file), start: start, newestRecords: records)
    return chunks.enumerated().map { (manifest.chunkKey($0.offset).text, Array(file[$0.element])) }
        + [(manifest.key.text, manifest.record)]
}

private func alter(_ value: inout [UInt8]?, _ changes: String...) {
    var text = String(decoding: value ?? [], as: UTF8.self)
    for index in stride(from: 0, to: changes.count, by: 2) {
        text = text.replacing(changes[index], with: changes[index + 1])
    }
    value = Array(text.utf8)
}
