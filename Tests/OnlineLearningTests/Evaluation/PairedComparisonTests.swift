import Foundation
import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct PairedComparisonTests {
    /// The reference is a few lines of numpy: `logaddexp.reduce(stakes * S / 2 + (log1p(-stakes) + stakes) * V / 4) - log(24)`
    /// with `stakes = 0.5 ** arange(1, 25)`, S the sum of differences and V that of their squared distances from the mean
    /// before them (begun with one 0), and `scipy.optimize.brentq` for the interval. The losses are squared errors of the
    /// stream's score and of its square.
    @Test func `evidence and interval are those of the bets as numpy works them out`() throws {
        var comparison = PairedComparison(metric: "brier")
        for record in ReferenceStreams.twoClasses {
            let (score, truth) = (record.score, Double(record.truth))
            comparison.add((score - truth) * (score - truth), (score * score - truth) * (score * score - truth))
        }
        let expected: (mean: Double, second: Double, first: Double, lower: Double, upper: Double) = (
            0.02857280956627801, 0.7200934698042825, -0.14394321159896295, -0.03056833791015633, 0.08771395704271236
        )
        #expect(abs(try #require(comparison.meanDifference) - expected.mean) < 1e-12)
        #expect(abs(comparison.logEvidenceForSecond - expected.second) < 1e-10)
        #expect(abs(comparison.logEvidenceForFirst - expected.first) < 1e-10)
        #expect(abs(comparison.interval.lowerBound - expected.lower) < 1e-10)
        #expect(abs(comparison.interval.upperBound - expected.upper) < 1e-10)
    }

    @Test func `of equal models one in twenty at most is ever called better, however often one looks`() {
        var generator = SplitMix64(seed: 71)
        var (called, missed) = (0, 0)
        for _ in 0..<200 {
            var comparison = PairedComparison(metric: "accuracy")
            var (everCalled, everMissed) = (false, false)
            for record in 0..<600 {
                // What the two differ by swings to and fro, as losses on a stream do.
                let swing = record / 50 % 2 == 0 ? 0.3 : 0.1
                comparison.add(
                    Double.random(in: 0...1, using: &generator) < swing ? 1 : 0,
                    Double.random(in: 0...1, using: &generator) < swing ? 1 : 0)
                if comparison.evidence >= 20 { everCalled = true }
                if record % 100 == 99, comparison.verdict != .undecided { everMissed = true }
            }
            called += everCalled ? 1 : 0
            missed += everMissed ? 1 : 0
        }
        // Were the chance 1 in 20, more than 20 of 200 would be seen once in 3,000 times.
        #expect(called <= 20 && missed <= 20, "seed 71: \(called) and \(missed) of 200")
    }

    @Test func `a better model is found and the sentence says which one, by how much, and after how many records`()
        throws
    {
        var generator = SplitMix64(seed: 72)
        var comparison = PairedComparison(metric: "log loss", first: "a.yaml", second: "b.yaml", bound: 4)
        for _ in 0..<45_312 {
            let common = Double.random(in: 0...1, using: &generator)
            comparison.add(common, common + 0.012 + Double.random(in: -0.05...0.05, using: &generator))
        }
        #expect(comparison.verdict == .first && comparison.evidence > 1e6)
        let interval = comparison.interval
        #expect(interval.contains(-0.012) && interval.upperBound - interval.lowerBound < 0.006)
        let pattern =
            #/a.yaml is better than b.yaml in log loss by 0\.01\d+ \(0\.0\d+ to 0\.01\d+\) after 45,312 records/#
        #expect(comparison.sentence.wholeMatch(of: pattern) != nil, "\(comparison.sentence)")
    }

    @Test func `whose losses come first makes no difference but to the names`() {
        var (one, other) = (PairedComparison(metric: "mae"), PairedComparison(metric: "mae"))
        for (index, record) in ReferenceStreams.twoClasses.enumerated() {
            one.add(record.score, Double(index % 2))
            other.add(Double(index % 2), record.score)
        }
        #expect(one.logEvidenceForFirst == other.logEvidenceForSecond)
        #expect(one.interval.lowerBound == -other.interval.upperBound)
        #expect(one.evidence == other.evidence)
    }

    @Test func `no difference is said with the largest that there can be, and what was cut off is told`() {
        var comparison = PairedComparison(metric: "rmse", bound: 0.5)
        #expect(comparison.sentence == "there is nothing to compare A and B by")
        for index in 0..<1_000 { comparison.add(index % 2 == 0 ? 3 : 0, index % 2 == 0 ? 0 : 3) }
        comparison.add(.nan, 1)
        comparison.add(.infinity, .infinity)
        #expect(comparison.records == 1_000 && comparison.bounded == 1_000)
        #expect(
            comparison.sentence.hasPrefix(
                "no difference between A and B in rmse can be told after 1,000 records, and none is larger than 0."))
        #expect(
            comparison.sentence.hasSuffix("1,000 differences beyond 0.5 count as so much"), "\(comparison.sentence)")
    }

    @Test func `the state comes back byte for byte, and one that can't be is refused`() throws {
        var comparison = PairedComparison(metric: "brier")
        for record in ReferenceStreams.twoClasses { comparison.add(record.score, 0.4) }
        var archive = StateArchive()
        comparison.save(to: &archive, under: "pair")
        var restored = PairedComparison(metric: "brier")
        try restored.restore(from: archive, under: "pair")
        #expect(restored == comparison)
        archive.put("pair/sums", doubles: [501, 3])
        #expect(throws: StateError.self) { try restored.restore(from: archive, under: "pair") }
        archive.put("pair/sums", doubles: [.nan, 3])
        #expect(throws: StateError.self) { try restored.restore(from: archive, under: "pair") }
        #expect(restored == comparison)
    }
}
