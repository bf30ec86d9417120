import Foundation
import KafkaClient
import Records
import Settings
import Snapshots
import StreamService
import StreamTasks
import TestSupport
import Testing

/// Snapshots that can't be written, and records that are gone.
@Suite struct SnapshotFaultTests {
    @Test
    func `a folder that can't be written is counted and said, and snapshots begin once it is mended`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster(snapshotsEvery: "100 records")
            let records = inputs(1_000, seed: 71)
            // A file in the folder's place: it is in the way of root too.
            let folder = cluster.folder.file("snapshots/\(cluster.settings.pipeline)")
            try FileManager.default.createDirectory(
                at: cluster.folder.file("snapshots"), withIntermediateDirectories: true)
            try cluster.folder.write("in the way", to: "snapshots/\(cluster.settings.pipeline)")
            let stream = RunningStream(cluster)
            try stream.waitUntilReady()
            try cluster.feed(Array(records[..<600]))
            try stream.wait(untilDelivered: 600)
            try stream.wait("failures are counted") { stream.metric("millrace_snapshot_failures_total") ?? 0 >= 2 }
            #expect(stream.log.contains("snapshot not written; the stream goes on"))
            #expect(stream.service.board.isReady)

            try FileManager.default.removeItem(at: folder)
            try cluster.feed(Array(records[600...]))
            try stream.wait("a snapshot is written") { try cluster.finalStates()[0] != nil }
            try stream.wait(untilDelivered: 1_000)
            try stream.stop()
            #expect(try cluster.expectExact([0: records]) == 0)
        }
    }

    @Test
    func `a stop that can't write its snapshot still commits, and the next start replays silently`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster(snapshotsEvery: "150 records")
            let records = inputs(700, seed: 72)
            let first = RunningStream(cluster)
            try first.waitUntilReady()
            let store = SnapshotDirectory(
                root: cluster.settings.snapshots.directory, pipeline: cluster.settings.pipeline, partition: 0)
            let last = URL(filePath: store.path(records: 700))
            try FileManager.default.createDirectory(at: last, withIntermediateDirectories: true)
            try cluster.feed(records)
            try first.wait(untilDelivered: 700)
            try first.stop()
            #expect(first.metric("millrace_snapshot_failures_total") ?? 0 >= 1)
            try FileManager.default.removeItem(at: last)
            #expect(try cluster.committed() == [0: 700])

            let second = RunningStream(cluster, untilEnd: true)
            try second.waitForEnd()
            #expect(try cluster.expectExact([0: records]) == 0)
            #expect(second.metric("millrace_predictions_total") == 0, "what is replayed was counted before")
        }
    }

    @Test func `until-end fails where its snapshot can't be written, and the next start writes it`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster(snapshotsEvery: "150 records")
            let records = inputs(400, seed: 75)
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            try cluster.feed(records)
            let folder = cluster.settings.snapshots.directory
            let store = SnapshotDirectory(root: folder, pipeline: cluster.settings.pipeline, partition: 0)
            let last = URL(filePath: store.path(records: 400))
            try FileManager.default.createDirectory(at: last, withIntermediateDirectories: true)
            let failure = "\(try RunningStream(cluster, untilEnd: true).failure())"
            #expect(failure.contains("the last snapshot could not be written"), "\(failure)")
            #expect(try cluster.committed() == [0: 400], "the outputs are there and stay")
            try FileManager.default.removeItem(at: last)
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            #expect(try cluster.expectExact([0: records]) == 0)
        }
    }

    @Test func `a torn snapshot is passed over for the one before it`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster(snapshotsEvery: "100 records")
            let records = inputs(500, seed: 73)
            try cluster.feed(records)
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            let restorer = TaskRestorer(cluster.settings, mode: .restore(allowGap: false)) { _, _ in }
            let newest = try #require(restorer.store(for: 0).entries().first)
            let file = try FileHandle(forUpdating: URL(filePath: newest.path))
            try file.seek(toOffset: 1_000)
            try file.write(contentsOf: Data([0xFF, 0x00, 0xFF, 0x00]))
            try file.close()
            let again = RunningStream(cluster, untilEnd: true)
            try again.waitForEnd()
            #expect(again.log.contains("snapshot passed over"))
            #expect(again.metric("millrace_snapshot_failures_total") == 1)
            #expect(try cluster.expectExact([0: records]) == 0)
        }
    }

    @Test func `records gone by retention are refused by name, and passed over only where that is allowed`() throws {
        let folder = try TemporaryFolder()
        let settings = try PipelineSettings.parse(
            """
            pipeline: gap
            kafka: {bootstrap.servers: "localhost:9092"}
            features: [{name: a}, {name: b}]
            target: {kind: binary, classes: [DOWN, UP]}
            model: {kind: logistic}
            snapshots: {directory: "\(folder.path)"}
            """)
        var driver = try TaskDriver(settings)
        for record in inputs(100, seed: 74) { driver.pipe(record.value, timestamp: record.timestamp) }
        let refusing = TaskRestorer(settings, mode: .restore(allowGap: false)) { _, _ in }
        _ = try refusing.store(for: 0).publish(driver.task.snapshot(writtenAt: 0))
        let partition = TopicPartition(topic: settings.topics.features, partition: 0)
        let found = TaskRestorer.Found(committed: NextOffset(140), low: NextOffset(120), high: NextOffset(200))
        #expect(throws: RestoreRefusal.gap(from: NextOffset(100), to: NextOffset(120))) {
            _ = try refusing.restore(partition, found: found, now: 0)
        }
        #expect(RestoreRefusal.gap(from: NextOffset(100), to: NextOffset(120)).description.contains("--allow-gap"))
        let allowing = TaskRestorer(settings, mode: .restore(allowGap: true)) { _, _ in }
        let (runner, plan) = try allowing.restore(partition, found: found, now: 0)
        #expect(plan == .replay(from: NextOffset(120), to: NextOffset(140)))
        #expect(runner.position == NextOffset(120))
        #expect(runner.task.counters.consumed == 100, "the model is kept")
        let gap = InputGap(
            topic: settings.topics.features, partition: 0, from: NextOffset(100), to: NextOffset(120),
            toldAt: NextOffset(140))
        #expect(runner.passedGap == gap)
        #expect(runner.task.gaps == [gap])
    }
}
