import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct EstimatedPerformanceTests {
    private struct Seen {
        var prediction: Prediction
        var truth: Int
    }

    /// Scores say p where it is so in p² of all cases.
    private func records(
        _ count: Int, scores: ClosedRange<Double> = 0...1, generator: inout SplitMix64
    ) -> [Seen] {
        (0..<count).map { _ in
            let score = Double.random(in: scores, using: &generator)
            return Seen(
                prediction: Prediction(score: score, classIndex: score > 0.5 ? 1 : 0),
                truth: Double.random(in: 0...1, using: &generator) < score * score ? 1 : 0)
        }
    }

    private func learned(_ records: [Seen]) -> EstimatedPerformance {
        var performance = EstimatedPerformance(target: twoClasses, memory: 5_000)
        for seen in records {
            let told = performance.predicted(seen.prediction)
            performance.labelled(seen.prediction, .classIndex(seen.truth), told: told)
        }
        return performance
    }

    private func actual(_ records: [Seen]) -> MetricValues {
        var metrics = PrequentialMetrics(target: twoClasses, window: records.count, fading: 1)
        for seen in records { metrics.add(seen.prediction, .classIndex(seen.truth)) }
        return metrics.windowed
    }

    @Test(arguments: [0.0...1, 0.4...0.7, 0.8...1])
    func `what is expected while labels are out is what comes`(scores: ClosedRange<Double>) throws {
        var generator = SplitMix64(seed: 81)
        var performance = learned(records(8_000, generator: &generator))
        let late = records(4_000, scores: scores, generator: &generator)
        for seen in late { performance.predicted(seen.prediction) }
        let (expected, came) = (performance.waiting, actual(late))
        #expect(expected.records == 4_000)
        #expect(abs(try #require(expected.accuracy) - (came.accuracy ?? 9)) < 0.03, "seed 81")
        #expect(abs(try #require(expected.logLoss) - (came.logLoss ?? 9)) < 0.05, "seed 81")
        #expect(abs(try #require(expected.auc) - (came.auc ?? 9)) < 0.03, "seed 81")
        // The scores themselves would have it otherwise.
        let believed = late.map { max($0.prediction.score, 1 - $0.prediction.score) }.reduce(0, +) / 4_000
        if scores == 0.4...0.7 { #expect(abs(believed - (came.accuracy ?? 9)) > 0.03) }
    }

    @Test func `how the estimate compared is told once labels came`() throws {
        var generator = SplitMix64(seed: 82)
        var performance = EstimatedPerformance(target: twoClasses, memory: 4_000)
        #expect(performance.recent.expected.accuracy == nil && performance.waiting.accuracy == nil)
        let all = records(12_000, generator: &generator)
        var told: [Double] = []
        for (index, seen) in all.enumerated() {
            told.append(performance.predicted(seen.prediction))
            guard index >= 500 else { continue }
            let late = all[index - 500]
            performance.labelled(late.prediction, .classIndex(late.truth), told: told[index - 500])
            #expect(performance.waiting.records == 500 || index % 1_000 > 0)
        }
        let (expected, came) = performance.recent
        let last = actual(Array(all[4_000..<11_500]))
        #expect(abs(try #require(came.accuracy) - (last.accuracy ?? 9)) < 0.02, "seed 82")
        #expect(abs(try #require(expected.accuracy) - (came.accuracy ?? 9)) < 0.02, "seed 82")
        #expect(abs(try #require(expected.logLoss) - (came.logLoss ?? 9)) < 0.03, "seed 82")
        #expect(abs(try #require(expected.auc) - (came.auc ?? 9)) < 0.02, "seed 82")
    }

    @Test func `before labels come a score is believed`() {
        var performance = EstimatedPerformance(target: twoClasses)
        for score in [0.001, 0.1, 0.3, 0.5, 0.72, 0.96, 1] {
            let told = performance.predicted(Prediction(score: score, classIndex: 1))
            #expect(abs(told - score) <= 0.13 * min(score, 1 - score) + 1e-7, "\(score) \(told)")
        }
    }

    @Test func `nobody waits who wasn't there, and the last one leaves nothing behind`() {
        var generator = SplitMix64(seed: 83)
        var performance = EstimatedPerformance(target: twoClasses)
        let all = records(500, generator: &generator)
        for seen in all { performance.predicted(seen.prediction) }
        for seen in all.shuffled(using: &generator) {
            if seen.truth == 1 {
                performance.expired(seen.prediction)
            } else {
                performance.labelled(seen.prediction, .classIndex(0))
            }
        }
        performance.labelled(all[0].prediction, .classIndex(1))
        performance.labelled(Prediction(score: .nan, classIndex: 1), .classIndex(1))
        performance.predicted(Prediction(score: 0.5, classIndex: 9))
        let waiting = performance.waiting
        #expect(waiting == MetricValues(records: 0))
    }

    @Test func `of several classes the accuracy is expected from how sure predictions are`() throws {
        var generator = SplitMix64(seed: 84)
        let target = Target.multiclass(classes: ["a", "b", "c"].map { .text($0) })
        var performance = EstimatedPerformance(target: target)
        func draw(_ scores: ClosedRange<Double>) -> (Prediction, Label) {
            let score = Double.random(in: scores, using: &generator)
            let isRight = Double.random(in: 0...1, using: &generator) < score * score
            return (Prediction(score: score, classIndex: 2), .classIndex(isRight ? 2 : 0))
        }
        for _ in 0..<6_000 {
            let (prediction, label) = draw(0.4...1)
            performance.predicted(prediction)
            performance.labelled(prediction, label)
        }
        for _ in 0..<2_000 { performance.predicted(draw(0.4...0.5).0) }
        // The mean of the squares between 0.4 and 0.5.
        #expect(abs(try #require(performance.waiting.accuracy) - 0.2033) < 0.03, "seed 84")
        #expect(performance.waiting.logLoss == nil && performance.waiting.auc == nil)
    }

    @Test func `of values larger errors are expected where they were larger`() throws {
        var generator = SplitMix64(seed: 85)
        var performance = EstimatedPerformance(target: .regression)
        #expect(performance.predicted(Prediction(score: 3, classIndex: -1)).isNaN)
        performance.expired(Prediction(score: 3, classIndex: -1))
        for _ in 0..<5_000 {
            let score = Double.random(in: -50...100, using: &generator)
            let prediction = Prediction(score: score, classIndex: -1)
            performance.predicted(prediction)
            let error = Double.random(in: -1...1, using: &generator) * abs(score) / 10
            performance.labelled(prediction, .value(score - error))
        }
        for _ in 0..<100 { performance.predicted(Prediction(score: -40, classIndex: -1)) }
        #expect(abs(try #require(performance.waiting.mae) - 2) < 0.4, "seed 85")
        for _ in 0..<100 { performance.expired(Prediction(score: -40, classIndex: -1)) }
        for _ in 0..<100 { performance.predicted(Prediction(score: 90, classIndex: -1)) }
        #expect(abs(try #require(performance.waiting.mae) - 4.5) < 0.8, "seed 85")
        let (expected, came) = performance.recent
        #expect(abs(try #require(expected.mae) - (came.mae ?? 0)) < 0.2, "seed 85")
        #expect(abs(try #require(expected.rmse) - (came.rmse ?? 0)) < 0.4, "seed 85")
        performance.labelled(Prediction(score: 1e300, classIndex: -1), .value(1e300))
        performance.labelled(Prediction(score: 1e300, classIndex: -1), .value(0))
        let after = performance.waiting
        #expect(after.mae?.isFinite == true && after.rmse?.isFinite == true)
    }

    @Test(arguments: [twoClasses, Target.regression])
    func `the state comes back byte for byte, and one that can't be is refused`(target: Target) throws {
        var generator = SplitMix64(seed: 86)
        let all = records(3_000, generator: &generator)
        func feed(_ performance: inout EstimatedPerformance, _ records: ArraySlice<Seen>) {
            for (index, seen) in records.enumerated() {
                performance.predicted(seen.prediction)
                let label = target == .regression ? Label.value(Double(seen.truth)) : .classIndex(seen.truth)
                if index % 3 > 0 { performance.labelled(seen.prediction, label) }
            }
        }
        func state(_ performance: borrowing EstimatedPerformance) -> StateArchive {
            var archive = StateArchive()
            performance.save(to: &archive, under: "estimate")
            return archive
        }
        // So short a memory that the sums are divided more than once.
        var one = EstimatedPerformance(target: target, memory: 3)
        feed(&one, all[..<1_700])
        var other = EstimatedPerformance(target: target, memory: 3)
        let saved = state(one)
        try other.restore(from: saved, under: "estimate")
        #expect(state(other) == saved)
        feed(&one, all[1_700...])
        feed(&other, all[1_700...])
        #expect(state(other) == state(one))
        for name in ["waiting", "compared"] {
            var broken = saved
            let count = try saved.doubles("estimate/\(name)").count
            broken.put("estimate/\(name)", doubles: [Double](repeating: -0.5, count: count))
            #expect(throws: StateError.self) { try other.restore(from: broken, under: "estimate") }
        }
    }

    @Test func `a record allocates nothing`() {
        var generator = SplitMix64(seed: 87)
        let all = records(1_000, generator: &generator)
        var performance = EstimatedPerformance(target: twoClasses)
        var metrics = PrequentialMetrics(target: twoClasses, window: 100, fading: 0.99, segments: 5)
        var comparison = PairedComparison(metric: "brier")
        let allocations = countAllocations {
            for seen in all {
                performance.predicted(seen.prediction)
                performance.labelled(seen.prediction, .classIndex(seen.truth))
                metrics.add(seen.prediction, .classIndex(seen.truth), segment: seen.truth)
                comparison.add(seen.prediction.score, 0.5)
            }
        }
        #expect(metrics.records == 1_000 && comparison.records == 1_000)
        // Unoptimized Swift itself allocates.
        #if !DEBUG
            #expect(allocations == 0)
        #else
            _ = allocations
        #endif
    }
}
