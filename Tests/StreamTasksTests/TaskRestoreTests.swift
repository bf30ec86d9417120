import Foundation
import KafkaClient
import Records
import Settings
import Snapshots
import StreamTasks
import TestSupport
import Testing

@Suite struct TaskRestoreTests {
    @Test(arguments: [
        "learning: {batch: 1}", "learning: {batch: 7}", "evaluation: {window: 64 records}", "evaluation: {window: 3s}",
        "drift: [{watch: loss, detector: adwin}, {watch: feature, detector: page-hinkley}, {watch: error, detector: page-hinkley-moa}]",
    ])
    func `wherever it is cut, a task goes on from a snapshot byte for byte`(more: String) throws {
        let settings = try SampleSettings.binary(more)
        let records = sampleRecords(1_500, seed: 11)
        var whole = try TaskDriver(settings)
        for record in records { whole.pipe(record, timestamp: 1_700_000_000_000) }
        var random = SplitMix64(seed: 12)
        for cut in (0..<12).map({ _ in Int.random(in: 0...1_500, using: &random) }) {
            var first = try TaskDriver(settings)
            for record in records[..<cut] { first.pipe(record, timestamp: 1_700_000_000_000) }
            let snapshot = try SnapshotFormat.decode(SnapshotFormat.encode(first.task.snapshot(writtenAt: 5)))
            var second = try TaskDriver(settings)
            try second.restore(snapshot)
            for record in records[cut...] { second.pipe(record, timestamp: 1_700_000_000_000) }
            #expect(second.task.snapshot(writtenAt: 0) == whole.task.snapshot(writtenAt: 0), "cut at \(cut)")
            #expect(first.sink.predictions + second.sink.predictions == whole.sink.predictions)
            #expect(first.sink.drift + second.sink.drift == whole.sink.drift)
        }
    }

    @Test(arguments: ["sgd", "momentum", "adagrad", "rmsprop", "adam"])
    func `every optimizer's state is in the snapshot`(optimizer: String) throws {
        let settings = try SampleSettings.binary(model: "{kind: logistic, optimizer: {kind: \(optimizer)}}")
        let records = sampleRecords(400, seed: 13)
        var whole = try TaskDriver(settings)
        var first = try TaskDriver(settings)
        var second = try TaskDriver(settings)
        for record in records { whole.pipe(record) }
        for record in records[..<150] { first.pipe(record) }
        try second.restore(first.task.snapshot(writtenAt: 0))
        for record in records[150...] { second.pipe(record) }
        #expect(second.task.snapshot(writtenAt: 0) == whole.task.snapshot(writtenAt: 0))
    }

    @Test func `a snapshot without one of its tensors is refused`() throws {
        let settings = try SampleSettings.binary()
        var driver = try TaskDriver(settings)
        for record in sampleRecords(100, seed: 14) { driver.pipe(record) }
        let snapshot = driver.task.snapshot(writtenAt: 0)
        // What the first versions didn't write begins anew where it isn't there.
        let later = ["/squares", "/signed", "/probabilities", "/calibration", "/evidence"]
        for left in snapshot.state.names where !later.contains(where: left.hasSuffix) {
            var state = StateArchive()
            for name in snapshot.state.names where name != left { state.put(name, try #require(snapshot.state[name])) }
            var other = try TaskDriver(settings)
            #expect(throws: StateError.missing(name: left)) {
                try other.restore(Snapshot(metadata: snapshot.metadata, state: state))
            }
        }
    }

    @Test func `a restorer takes the newest snapshot at or before the commit and passes over torn ones`() throws {
        let folder = try TemporaryFolder()
        let settings = try SampleSettings.binary("snapshots: {directory: \"\(folder.path)\"}")
        var driver = try TaskDriver(settings)
        let restorer = TaskRestorer(settings, mode: .restore(allowGap: false)) { _, _ in }
        let store = restorer.store(for: 0)
        var paths: [String] = []
        for (index, record) in sampleRecords(400, seed: 15).enumerated() {
            driver.pipe(record)
            if index % 100 == 99 { paths.append(try store.publish(driver.task.snapshot(writtenAt: 0))) }
        }
        let partition = TopicPartition(topic: settings.topics.features, partition: 0)
        func restore(committed: Int64) throws -> (NextOffset, RestorePlan) {
            let (runner, plan) = try restorer.restore(
                partition, found: .init(committed: NextOffset(committed), low: NextOffset(0), high: NextOffset(400)),
                now: 0)
            return (runner.position, plan)
        }
        #expect(try restore(committed: 400).0 == NextOffset(400))
        #expect(try restore(committed: 399).1 == .replay(from: NextOffset(300), to: NextOffset(399)))
        let torn = try FileHandle(forWritingTo: URL(filePath: paths[2]))
        try torn.truncate(atOffset: 700)
        try torn.close()
        #expect(try restore(committed: 399).1 == .replay(from: NextOffset(200), to: NextOffset(399)))
        #expect(throws: RestoreRefusal.noSnapshot(committed: NextOffset(50))) { try restore(committed: 50) }
    }

    @Test func `a commit behind the last record is reached with the partition's end`() throws {
        let folder = try TemporaryFolder()
        let settings = try SampleSettings.binary("snapshots: {directory: \"\(folder.path)\"}")
        var driver = try TaskDriver(settings)
        for record in sampleRecords(100, seed: 17) { driver.pipe(record) }
        let restorer = TaskRestorer(settings, mode: .restore(allowGap: false)) { _, _ in }
        _ = try restorer.store(for: 0).publish(driver.task.snapshot(writtenAt: 0))
        // 100 and 101 are markers of transactions.
        let (runner, _) = try restorer.restore(
            TopicPartition(topic: settings.topics.features, partition: 0),
            found: .init(committed: NextOffset(102), low: NextOffset(0), high: NextOffset(102)), now: 0)
        #expect(runner.isReplaying)
        runner.reachEnd(at: NextOffset(101))
        #expect(runner.isReplaying, "the end that a reader saw a moment ago lies before the commit")
        runner.reachEnd(at: NextOffset(102))
        #expect(!runner.isReplaying)
        #expect(runner.position == NextOffset(102))
        #expect(runner.task.counters.consumed == 100)
    }

    @Test func `a crash within the very first start is that start again`() throws {
        let folder = try TemporaryFolder()
        let settings = try SampleSettings.binary("snapshots: {directory: \"\(folder.path)\"}")
        let restorer = TaskRestorer(settings, mode: .restore(allowGap: false)) { _, _ in }
        let task = try StreamTask(settings, partition: 0, position: NextOffset(7))
        _ = try restorer.store(for: 0).publish(task.snapshot(writtenAt: 0))
        let partition = TopicPartition(topic: settings.topics.features, partition: 0)
        let found = TaskRestorer.Found(committed: nil, low: NextOffset(7), high: NextOffset(9))
        #expect(try restorer.restore(partition, found: found, now: 0).plan == .begin(at: NextOffset(7)))
        // The same without a crash: committed, and nothing read yet.
        let committed = TaskRestorer.Found(committed: NextOffset(7), low: NextOffset(7), high: NextOffset(9))
        #expect(
            try restorer.restore(partition, found: committed, now: 0).plan
                == .replay(from: NextOffset(7), to: NextOffset(7)))
    }

    @Test func `changed settings are refused by the keys that changed, and a fresh start sets old snapshots aside`()
        throws
    {
        let folder = try TemporaryFolder()
        let line = "snapshots: {directory: \"\(folder.path)\"}"
        let model = "{kind: logistic, optimizer: {kind: sgd}, l2:"
        var driver = try TaskDriver(SampleSettings.binary(line, model: model + " 0}"))
        for record in sampleRecords(50, seed: 16) { driver.pipe(record) }
        let changed = try SampleSettings.binary(line, model: model + " 0.5}")
        let restorer = TaskRestorer(changed, mode: .restore(allowGap: false)) { _, _ in }
        _ = try restorer.store(for: 0).publish(driver.task.snapshot(writtenAt: 0))
        let partition = TopicPartition(topic: changed.topics.features, partition: 0)
        let found = TaskRestorer.Found(committed: NextOffset(50), low: NextOffset(0), high: NextOffset(50))
        #expect(throws: RestoreRefusal.settingsChanged(keys: ["model.l2"])) {
            _ = try restorer.restore(partition, found: found, now: 0)
        }
        let anew = TaskRestorer(changed, mode: .fromScratch) { _, _ in }
        let (runner, plan) = try anew.restore(partition, found: found, now: 0)
        #expect(plan == .begin(at: NextOffset(0)))
        #expect(runner.task.counters.consumed == 0)
        #expect(try anew.store(for: 0).entries().isEmpty)
    }

    @Test func `partitions that were added since the group began are refused, whatever is committed of them`() throws {
        let settings = try SampleSettings.binary()
        let restorer = TaskRestorer(settings, mode: .restore(allowGap: false)) { _, _ in }
        let partition = TopicPartition(topic: settings.topics.features, partition: 3)
        for committed in [nil, NextOffset(5)] {
            let found = TaskRestorer.Found(
                committed: committed, partitions: (3, 4), low: NextOffset(0), high: NextOffset(9))
            #expect(throws: RestoreRefusal.partitionsChanged(then: 3, now: 4)) {
                _ = try restorer.restore(partition, found: found, now: 0)
            }
        }
        #expect(RestoreRefusal.partitionsChanged(then: 3, now: 4).description.contains("--from-scratch"))
    }
}
