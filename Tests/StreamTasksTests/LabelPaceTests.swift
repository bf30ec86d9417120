import Settings
import StreamTasks
import TestSupport
import Testing

/// When labels are read beside features, and how long they take.
@Suite struct LabelPaceTests {
    @Test func `a label is read no sooner than the features before it, and no later than those after it`() {
        var pace = LabelPace(LabelSettings(waitMilliseconds: 8_000), last: 1_000)
        pace.look(before: 5_000)
        #expect(pace.allows(1_000) && pace.allows(4_999) && pace.allows(-1))
        #expect(!pace.allows(5_000))
        pace.processed(5_000)
        pace.look(before: nil)
        #expect(pace.allows(5_000) && !pace.allows(5_001))
    }

    @Test func `where features have come to their end, labels don't wait for them`() {
        var pace = LabelPace(LabelSettings(), last: 1_000)
        pace.look(before: nil)
        #expect(!pace.allows(9_000))
        pace.featuresEnded()
        #expect(pace.allows(9_000))
        pace.processed(2_000)
        #expect(!pace.allows(9_000))
    }

    @Test func `a look is due after so many records, or so much time of what a prediction waits`() {
        var pace = LabelPace(LabelSettings(waitMilliseconds: 8_000), last: 0)
        pace.look(before: 100)
        #expect(!pace.isDue(before: 1_099) && pace.isDue(before: 1_100))
        for record in 0..<127 { pace.processed(100 + Int64(record % 2)) }
        #expect(!pace.isDue(before: 101))
        pace.processed(101)
        #expect(pace.isDue(before: 101))
        // What was never read before is looked for at once.
        let fresh = LabelPace(LabelSettings(), last: nil)
        #expect(fresh.isDue(before: 1_700_000_000_000))
    }

    @Test func `a quantile of delays is off by a 64th at most`() {
        var random = SplitMix64(seed: 51)
        var histogram = DelayHistogram()
        var all: [Int64] = []
        for _ in 0..<20_000 {
            let delay = Int64.random(in: 0...(1 << Int64.random(in: 1...35, using: &random)), using: &random)
            histogram.add(delay)
            all.append(delay)
        }
        all.sort()
        for share in [0.001, 0.25, 0.5, 0.95, 0.999, 1] {
            let exact = Double(all[Int((share * 20_000).rounded(.up)) - 1])
            let found = histogram.quantile(share) ?? -1
            #expect(abs(found - exact) <= exact / 64, "\(share): \(found) against \(exact)")
        }
        histogram.add(-5)
        histogram.add(.max)
        #expect(histogram.quantile(0) == 0 && histogram.count == 20_002)
    }
}
