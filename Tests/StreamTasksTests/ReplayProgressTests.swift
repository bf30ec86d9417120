import Records
import StreamTasks
import Testing

@Suite struct ReplayProgressTests {
    @Test func `progress is told every few seconds, with the rate since it was last told and the time left`() {
        var progress = ReplayProgress(from: NextOffset(1_000), to: NextOffset(11_000), now: 50)
        #expect(progress.total == 10_000)
        #expect(progress.report(at: NextOffset(1_500), now: 52.9) == nil)
        #expect(
            progress.report(at: NextOffset(4_000), now: 53)
                == ReplayProgress.Report(done: 3_000, total: 10_000, recordsPerSecond: 1_000, secondsLeft: 7))
        #expect(progress.report(at: NextOffset(4_100), now: 54) == nil)
        // It has become slower: what is left is judged by that.
        #expect(
            progress.report(at: NextOffset(5_000), now: 58)
                == ReplayProgress.Report(done: 4_000, total: 10_000, recordsPerSecond: 200, secondsLeft: 30))
    }

    @Test func `a replay that stands still has no time left to tell`() {
        var progress = ReplayProgress(from: NextOffset(0), to: NextOffset(10), now: 0)
        let report = progress.report(at: NextOffset(0), now: 10)
        #expect(report?.secondsLeft == nil)
        #expect(report?.recordsPerSecond == 0)
    }

    @Test func `a position beyond the end, and an end before the start, are no more than all of it`() {
        let progress = ReplayProgress(from: NextOffset(5), to: NextOffset(10), now: 0)
        #expect(progress.done(at: NextOffset(12)) == 5)
        #expect(progress.done(at: NextOffset(3)) == 0)
        #expect(ReplayProgress(from: NextOffset(9), to: NextOffset(3), now: 0).total == 0)
    }
}
