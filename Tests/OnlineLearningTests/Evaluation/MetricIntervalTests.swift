import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct MetricIntervalTests {
    /// Of 500 records without weights: scipy's `norm.ppf(0.975)` around the log odds of the area, with the variance from
    /// numpy's `v10.var(ddof=1) / positives + v01.var(ddof=1) / negatives`, v10 and v01 being means of the matrix of pairs.
    @Test func `the area's interval over the window is DeLong's as numpy works it out`() throws {
        let stream = ReferenceStreams.twoClasses
        var metrics = PrequentialMetrics(target: twoClasses, window: stream.count, fading: 1)
        for record in stream { metrics.add(record.prediction, .classIndex(record.truth)) }
        let area = try #require(metrics.windowedIntervals().first { $0.name == "auc" })
        #expect(abs(area.estimate - 0.859578023071864) < 1e-10)
        #expect(abs(area.lower - 0.8241400279417557) < 1e-10)
        #expect(abs(area.upper - 0.888838038880339) < 1e-10)
        let overall = try #require(metrics.overallIntervals().first { $0.name == "auc" })
        #expect(abs(overall.lower - area.lower) < 0.01 && abs(overall.upper - area.upper) < 0.01)
    }

    /// Whether a prediction is right stays as it is for a while, so neighbours are alike.
    private func alike(_ count: Int, generator: inout SplitMix64) -> PrequentialMetrics {
        var metrics = PrequentialMetrics(target: twoClasses, window: 10, fading: 1)
        var isRight = Double.random(in: 0...1, using: &generator) < 0.8
        for _ in 0..<count {
            if Double.random(in: 0...1, using: &generator) < 0.1 {
                isRight = Double.random(in: 0...1, using: &generator) < 0.8
            }
            metrics.add(Prediction(score: isRight ? 0.8 : 0.2, classIndex: isRight ? 1 : 0), .classIndex(1))
        }
        return metrics
    }

    @Test func `intervals hold the true mean about as often as they say though neighbours are alike`() throws {
        var generator = SplitMix64(seed: 73)
        let trueLoss = 0.8 * 0.22314355131420976 + 0.2 * 1.6094379124341003
        var (accuracy, logLoss, narrow) = (0, 0, 0)
        for _ in 0..<200 {
            let metrics = alike(3_000, generator: &generator)
            let intervals = metrics.overallIntervals()
            let found = try #require(intervals.first { $0.name == "accuracy" })
            let loss = try #require(intervals.first { $0.name == "log_loss" })
            accuracy += found.lower <= 0.8 && 0.8 <= found.upper ? 1 : 0
            logLoss += loss.lower <= trueLoss && trueLoss <= loss.upper ? 1 : 0
            // What it would be were records independent.
            let reach = 1.96 * (0.16 / 3_000).squareRoot()
            narrow += abs(found.estimate - 0.8) <= reach ? 1 : 0
            #expect(found.upper - found.lower < 0.2)
        }
        #expect(accuracy >= 176 && logLoss >= 176, "seed 73: \(accuracy) and \(logLoss) of 200")
        #expect(narrow < 140, "seed 73: neighbours aren't alike enough for the test to say anything")
    }

    @Test func `the interval at any time holds the true mean at every look`() throws {
        var generator = SplitMix64(seed: 74)
        var missed = 0
        for _ in 0..<60 {
            var metrics = PrequentialMetrics(target: twoClasses, window: 10, fading: 1)
            var isMissed = false
            for record in 1...1_500 {
                let isRight = Double.random(in: 0...1, using: &generator) < 0.8
                metrics.add(Prediction(score: isRight ? 0.8 : 0.2, classIndex: isRight ? 1 : 0), .classIndex(1))
                guard record % 100 == 0 || record == 10 else { continue }
                let found = try #require(metrics.anytimeIntervals().first { $0.name == "accuracy" })
                if !(found.lower...found.upper).contains(0.8) { isMissed = true }
                if record == 1_500 { #expect(found.upper - found.lower < 0.15) }
            }
            missed += isMissed ? 1 : 0
        }
        #expect(missed <= 8, "seed 74: \(missed) of 60")
    }

    @Test func `streams together are surer than each of them, and a few records say nothing`() throws {
        var generator = SplitMix64(seed: 75)
        var joint = JointMetrics(target: twoClasses)
        var widths: [Double] = []
        for _ in 0..<4 {
            let metrics = alike(2_000, generator: &generator)
            let found = try #require(metrics.overallIntervals().first { $0.name == "log_loss" })
            widths.append(found.upper - found.lower)
            joint.add(metrics)
        }
        let together = try #require(joint.overallIntervals().first { $0.name == "log_loss" })
        #expect(together.upper - together.lower < 0.7 * (widths.max() ?? 0))
        #expect(abs(together.estimate - (joint.overall.logLoss ?? 0)) < 1e-12)
        #expect(alike(9, generator: &generator).overallIntervals().isEmpty)
        let atAnyTime = try #require(joint.anytimeIntervals().first { $0.name == "accuracy" })
        #expect(atAnyTime.lower < 0.8 && 0.8 < atAnyTime.upper)
    }

    @Test func `a regression has intervals of its errors, and they come back from a snapshot`() throws {
        var generator = SplitMix64(seed: 76)
        var metrics = PrequentialMetrics(target: .regression, window: 500, fading: 1)
        for _ in 0..<5_000 {
            let truth = Double.random(in: -1...1, using: &generator)
            let error = Double.random(in: -1...1, using: &generator)
            metrics.add(Prediction(score: truth + error, classIndex: -1), .value(truth))
        }
        let found = metrics.overallIntervals()
        #expect(found.map(\.name) == ["mae", "rmse", "mean_error"])
        for (interval, truth) in zip(found, [0.5, (1.0 / 3).squareRoot(), 0]) {
            #expect(interval.lower < truth && truth < interval.upper && interval.upper - interval.lower < 0.05)
        }
        #expect(metrics.anytimeIntervals().isEmpty && metrics.windowedIntervals().count == 3)
        var archive = StateArchive()
        metrics.save(to: &archive, under: "metrics")
        var restored = PrequentialMetrics(target: .regression, window: 500, fading: 1)
        try restored.restore(from: archive, under: "metrics")
        #expect(restored.overallIntervals() == found)
        archive.put("metrics/evidence/counts", counters: [64, 0, 1, 3])
        #expect(throws: StateError.self) { try restored.restore(from: archive, under: "metrics") }
    }
}
