import JSONTree
import Records
import Snapshots
import StreamTasks
import TestSupport
import Testing

/// Records that were gone when a task needed them.
@Suite struct GapTests {
    /// A task that has read offsets 0 to 99, then passed over 100 to 119; outputs up to 139 are in Kafka already.
    private func passed() throws -> Snapshot {
        var driver = try TaskDriver(SampleSettings.binary())
        for record in sampleRecords(100, seed: 51) { driver.pipe(record) }
        driver.task.passGap(to: NextOffset(120), toldAt: NextOffset(140))
        return try SnapshotFormat.decode(SnapshotFormat.encode(driver.task.snapshot(writtenAt: 0)))
    }

    private static let gap = InputGap(
        topic: "sample.features", partition: 0, from: NextOffset(100), to: NextOffset(120), toldAt: NextOffset(140))

    private func gapRecords(_ driver: borrowing TaskDriver) -> [DriftOutput] {
        driver.sink.drift.filter { $0.signal == "input" }
    }

    @Test func `a gap is in every later snapshot, and moves nothing but the position`() throws {
        let snapshot = try passed()
        #expect(snapshot.metadata.gaps == [Self.gap])
        #expect(snapshot.metadata.positions.map(\.next) == [NextOffset(120)])
        var later = try TaskDriver(SampleSettings.binary())
        try later.restore(snapshot)
        #expect(later.task.counters.consumed == 100)
        for record in sampleRecords(60, seed: 52) { later.pipe(record) }
        later.task.passGap(to: NextOffset(200), toldAt: NextOffset(0))
        let second = later.task.snapshot(writtenAt: 0).metadata.gaps
        #expect(second.first == Self.gap)
        #expect(second.map(\.from) == [NextOffset(100), NextOffset(180)])
        #expect(second.map(\.toldAt) == [NextOffset(140), NextOffset(200)], "never before it goes on")
    }

    @Test func `the drift topic is told once, by the first record whose outputs aren't there yet`() throws {
        let records = sampleRecords(60, seed: 53)
        var driver = try TaskDriver(SampleSettings.binary())
        try driver.restore(passed())
        for record in records[..<20] { driver.pipe(record, timestamp: 1_700_000_000_000) }
        #expect(gapRecords(driver) == [], "these were processed before the gap was found")
        let between = driver.task.snapshot(writtenAt: 0)
        driver.pipe(records[20], timestamp: 1_700_000_000_123)
        let told = try #require(gapRecords(driver).first)
        for record in records[21...] { driver.pipe(record, timestamp: 1_700_000_000_999) }
        #expect(gapRecords(driver) == [told])
        #expect(told.timestamp == 1_700_000_000_123)
        #expect(told.headers.contains { $0.name == "ce_id" && $0.value == "sample-0-gap-100-120" })
        #expect(told.headers.contains { $0.name == "ce_type" && $0.value == "io.millrace.input.gap" })
        let value = try JSONValue.parse(told.value)
        #expect(try JSONSchema(named: "input-gap").findings(value) == [])
        #expect(value["records"] == 120)

        // A crash before that record was committed: the same bytes again. After it: nothing more.
        var again = try TaskDriver(SampleSettings.binary())
        try again.restore(between)
        again.pipe(records[20], timestamp: 1_700_000_000_123)
        #expect(gapRecords(again) == [told])
        var after = try TaskDriver(SampleSettings.binary())
        try after.restore(again.task.snapshot(writtenAt: 0))
        for record in records[21...] { after.pipe(record, timestamp: 1_700_000_000_999) }
        #expect(gapRecords(after) == [])
    }

    @Test func `a refused record tells of the gap as well, and a silent replay doesn't`() throws {
        var driver = try TaskDriver(SampleSettings.binary())
        try driver.restore(passed())
        for record in sampleRecords(20, seed: 54) { driver.pipe(record) }
        let between = driver.task.snapshot(writtenAt: 0)
        driver.pipe("{", timestamp: -1)
        #expect(gapRecords(driver).count == 1)
        #expect(gapRecords(driver).first?.timestamp == 0)

        var silent = SilentSink()
        var replayed = try TaskDriver(SampleSettings.binary())
        try replayed.restore(between)
        let bytes = Array("{".utf8)
        bytes.withUnsafeBytes { value in
            _ = replayed.task.process(
                InputRecord(key: nil, value: value, timestamp: -1, partition: 0, offset: 140), into: &silent)
        }
        replayed.pipe(
            InputRecord(key: nil, value: nil, timestamp: -1, partition: 0, offset: 141))
        #expect(gapRecords(replayed) == [], "it was told when that record was first processed")
    }
}
