import Records
import Settings
import Snapshots
import StreamTasks
import Testing

@Suite struct SnapshotBorderTests {
    @Test func `snapshots are due by seconds or by records, and never for a task that has read nothing`() {
        var byTime = SnapshotSchedule(.seconds(30), records: 5, now: 100)
        #expect(!byTime.isDue(records: 5, now: 1_000))
        #expect(!byTime.isDue(records: 6, now: 129.9))
        #expect(byTime.isDue(records: 6, now: 130))
        byTime.taken(records: 6, now: 130)
        #expect(!byTime.isDue(records: 6, now: 500))
        #expect(!byTime.isDue(records: 7, now: 159))

        let byRecords = SnapshotSchedule(.records(100), records: 50, now: 0)
        #expect(!byRecords.isDue(records: 149, now: 1e9))
        #expect(byRecords.isDue(records: 150, now: 0))
    }

    @Test func `a copy is held back until the group has committed as far, and given out once`() throws {
        var driver = try TaskDriver(SampleSettings.binary())
        for record in sampleRecords(10, seed: 41) { driver.pipe(record) }
        var border = SnapshotBorder(SnapshotSchedule(.records(10), records: 0, now: 0))
        border.copyIfDue(driver.task, now: 0) { 77 }
        #expect(border.isWaiting)
        let early = border.release(committed: NextOffset(9))
        #expect(early == nil)
        // The task goes on meanwhile; the copy stays what it was, and no second one is taken.
        for record in sampleRecords(30, seed: 42) { driver.pipe(record) }
        border.copyIfDue(driver.task, now: 0) { 78 }
        let released = border.release(committed: NextOffset(25))
        let copy = try #require(released)
        #expect(copy.metadata.recordsConsumed == 10)
        #expect(copy.metadata.positions.map(\.next) == [NextOffset(10)])
        #expect(copy.metadata.writtenAt == 77)
        #expect(!border.isWaiting)
        let again = border.release(committed: NextOffset(40))
        #expect(again == nil)
    }
}
