import OnlineLearning
import Records
import Settings
import Snapshots
import StreamTasks
import TestSupport
import Testing

/// A model that several tasks share: what one tells the others, and how each takes it in.
@Suite struct SharedModelTests {
    private func settings(_ more: String = "") throws -> PipelineSettings {
        try SampleSettings.binary(more, model: "{kind: logistic, scope: shared, mix: {every: 20}}")
    }

    /// The messages of another task after these records.
    private func messages(of partition: Int32, seed: UInt64, count: Int = 300) throws -> [[UInt8]] {
        var driver = try TaskDriver(settings(), partition: partition)
        for record in sampleRecords(count, seed: seed) { driver.pipe(record) }
        return driver.sink.mixes
    }

    @Test func `a task tells of its model once in so many learned records, and each of its own partition does`() throws
    {
        var driver = try TaskDriver(settings(), partition: 2)
        for record in sampleRecords(2_000, seed: 101) { driver.pipe(record) }
        #expect(driver.sink.mixes.count > 1_000 / 20)
        #expect(Set(driver.sink.mixes.map(\.count)).count == 1)
        var alone = try TaskDriver(SampleSettings.binary())
        for record in sampleRecords(200, seed: 101) { alone.pipe(record) }
        #expect(alone.sink.mixes.isEmpty)
    }

    @Test func `another task's model changes the next prediction, not the state of the detectors or metrics`() throws {
        let other = try #require(try messages(of: 1, seed: 102).last)
        var one = try TaskDriver(settings())
        var same = try TaskDriver(settings())
        for record in sampleRecords(50, seed: 103) {
            one.pipe(record)
            same.pipe(record)
        }
        #expect(one.mix(other, from: 1, offset: 0) == nil)
        #expect(one.task.mixes == MixCounters(taken: 1))
        let before = one.task.snapshot(writtenAt: 0)
        #expect(before.metadata.positions.map(\.description) == ["sample.features/0@50", "sample.mix/1@1"])
        #expect(before.metadata.recordsConsumed == 51)
        for name in before.state.names where !name.hasPrefix("mix/") {
            #expect(before.state[name] == same.task.snapshot(writtenAt: 0).state[name], "\(name)")
        }
        let record = #"{"features":{"a":1,"b":50}}"#
        one.pipe(record)
        same.pipe(record)
        #expect(one.sink.predictions.last?.value != same.sink.predictions.last?.value)
        let text = String(decoding: one.sink.predictions.last?.value ?? [], as: UTF8.self)
        #expect(text.contains(#""version":"0-51""#))
    }

    @Test func `own messages, old ones, and those of a task that shares nothing change nothing`() throws {
        let other = try messages(of: 1, seed: 104)
        var one = try TaskDriver(settings())
        for record in sampleRecords(50, seed: 105) { one.pipe(record) }
        one.mix(other[3], from: 1, offset: 7)
        let before = one.task.snapshot(writtenAt: 0)
        #expect(one.mix(other[4], from: 1, offset: 7) == nil)
        #expect(one.mix(other[4], from: 0, offset: 8) == nil)
        #expect(one.task.snapshot(writtenAt: 0) == before)
        var alone = try TaskDriver(SampleSettings.binary())
        let nothing = alone.task.snapshot(writtenAt: 0)
        #expect(alone.mix(other[4], from: 1, offset: 0) == nil)
        #expect(alone.task.snapshot(writtenAt: 0) == nothing)
    }

    @Test func `the same order of inputs gives the same bytes of state, another order others`() throws {
        let records = sampleRecords(400, seed: 106)
        let first = try messages(of: 1, seed: 107)
        let second = try messages(of: 4, seed: 108)
        func run(_ shift: Int) throws -> Snapshot {
            var driver = try TaskDriver(settings(), partition: 3)
            for (index, record) in records.enumerated() {
                if index % 10 == 0, index / 10 < first.count {
                    driver.mix(first[index / 10], from: 1, offset: Int64(index / 10))
                }
                if index % 10 == shift, index / 10 < second.count {
                    driver.mix(second[index / 10], from: 4, offset: Int64(index / 10))
                }
                driver.pipe(record)
            }
            return driver.task.snapshot(writtenAt: 0)
        }
        let snapshot = try run(5)
        #expect(try run(5) == snapshot)
        #expect(try SnapshotFormat.encode(run(5)) == SnapshotFormat.encode(snapshot))
        let other = try run(6)
        #expect(other.metadata == snapshot.metadata || other.metadata.metrics != snapshot.metadata.metrics)
        #expect(other.state != snapshot.state)
        #expect(other.state["model/weights"] != snapshot.state["model/weights"])
    }

    @Test(arguments: ["", "learning: {batch: 7}", "scaling: {fading: 0.2}"])
    func `wherever it is cut, a task goes on from a snapshot byte for byte`(more: String) throws {
        let settings = try settings(more)
        let records = sampleRecords(600, seed: 109)
        let others = try [Int32(0), 2, 7].map { partition in
            var driver = try TaskDriver(settings, partition: partition)
            for record in sampleRecords(600, seed: 110 + UInt64(partition)) { driver.pipe(record) }
            return (partition, driver.sink.mixes)
        }
        func feed(_ driver: inout TaskDriver, _ range: Range<Int>) {
            for index in range {
                for (partition, messages) in others where (index + Int(partition)) % 6 == 0 {
                    driver.mix(messages[index / 6 % messages.count], from: partition, offset: Int64(index))
                }
                driver.pipe(records[index])
            }
        }
        var whole = try TaskDriver(settings, partition: 1)
        feed(&whole, 0..<600)
        var random = SplitMix64(seed: 111)
        for cut in (0..<10).map({ _ in Int.random(in: 0...600, using: &random) }) {
            var first = try TaskDriver(settings, partition: 1)
            feed(&first, 0..<cut)
            // What was taken in and not mixed yet is state as well.
            let waiting = others[0].1[0]
            first.mix(waiting, from: 0, offset: Int64(cut))
            let snapshot = try SnapshotFormat.decode(SnapshotFormat.encode(first.task.snapshot(writtenAt: 5)))
            var second = try TaskDriver(settings, partition: 1)
            try second.restore(snapshot)
            let isRestored = second.task.snapshot(writtenAt: 5) == first.task.snapshot(writtenAt: 5)
            #expect(isRestored, "cut at \(cut)")
            #expect(second.task.mixPositions == first.task.mixPositions)
            feed(&first, cut..<600)
            feed(&second, cut..<600)
            // A difference is told in a word: the states would fill pages.
            let isSame = second.task.snapshot(writtenAt: 0) == first.task.snapshot(writtenAt: 0)
            #expect(isSame, "cut at \(cut)")
            let saysTheSame = first.sink.mixes.suffix(second.sink.mixes.count).elementsEqual(second.sink.mixes)
            #expect(saysTheSame, "cut at \(cut)")
        }
        var again = try TaskDriver(settings, partition: 1)
        feed(&again, 0..<600)
        #expect(again.task.snapshot(writtenAt: 0) == whole.task.snapshot(writtenAt: 0))
    }

    @Test func `a replay that emits nothing leaves the same state, and tells the same afterwards`() throws {
        let records = sampleRecords(500, seed: 112)
        let other = try messages(of: 1, seed: 113)
        var live = try TaskDriver(settings())
        var silent = try TaskDriver(settings())
        var sink = SilentSink()
        for (index, record) in records.enumerated() {
            if index % 25 == 0 {
                live.mix(other[index / 25], from: 1, offset: Int64(index))
                silent.mix(other[index / 25], from: 1, offset: Int64(index))
            }
            live.pipe(record)
            if index < 333 {
                Array(record.utf8).withUnsafeBytes { value in
                    _ = silent.task.process(
                        InputRecord(key: nil, value: value, timestamp: -1, partition: 0, offset: Int64(index)),
                        into: &sink)
                }
            } else {
                Array(record.utf8).withUnsafeBytes { value in
                    silent.pipe(
                        InputRecord(key: nil, value: value, timestamp: -1, partition: 0, offset: Int64(index)))
                }
            }
        }
        #expect(silent.task.snapshot(writtenAt: 0) == live.task.snapshot(writtenAt: 0))
        #expect(!silent.sink.mixes.isEmpty)
        #expect(Array(live.sink.mixes.suffix(silent.sink.mixes.count)) == silent.sink.mixes)
    }
}
