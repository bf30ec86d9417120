import Foundation
import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct PrequentialMetricsTests {
    private struct Seen {
        var score: Double
        var truth: Int
        var prediction: Prediction { Prediction(score: score, classIndex: score > 0.5 ? 1 : 0) }
    }

    private func stream(_ count: Int, seed: UInt64) -> [Seen] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            let score = pow(Double.random(in: 0...1, using: &generator), 3)
            return Seen(score: score, truth: Double.random(in: 0...1, using: &generator) < score ? 1 : 0)
        }
    }

    private func area(_ seen: ArraySlice<Seen>) -> Double {
        var (won, pairs) = (0.0, 0.0)
        for positive in seen where positive.truth == 1 {
            for negative in seen where negative.truth == 0 {
                won += positive.score > negative.score ? 1 : positive.score == negative.score ? 0.5 : 0
                pairs += 1
            }
        }
        return won / pairs
    }

    @Test func `the window holds the last records and no others`() throws {
        let data = stream(730, seed: 18)
        var metrics = PrequentialMetrics(target: twoClasses, window: 200, fading: 1)
        for (index, seen) in data.enumerated() {
            metrics.add(seen.prediction, .classIndex(seen.truth))
            #expect(metrics.windowed.records == UInt64(min(index + 1, 200)))
        }
        let last = data[530...]
        let right = last.filter { $0.prediction.classIndex == $0.truth }.count
        #expect(metrics.windowed.accuracy == Double(right) / 200)
        #expect(abs(try #require(metrics.windowed.auc) - area(last)) < 1e-12)
        #expect(metrics.overall.records == 730)
    }

    @Test func `the overall area is within the error it states, and that is small`() throws {
        let data = stream(1500, seed: 19)
        var metrics = PrequentialMetrics(target: twoClasses, window: 1, fading: 1)
        for seen in data { metrics.add(seen.prediction, .classIndex(seen.truth)) }
        #expect(abs(try #require(metrics.overall.auc) - area(data[...])) <= metrics.largestAreaError)
        #expect(metrics.largestAreaError < 0.01)
    }

    @Test func `kappa-temporal is 0 for one that says the last label and 1 for one that is always right`() throws {
        let data = stream(400, seed: 20)
        var echo = PrequentialMetrics(target: twoClasses, window: 400, fading: 1)
        var oracle = PrequentialMetrics(target: twoClasses, window: 400, fading: 1)
        // The first record has no last label: a wrong prediction is the baseline's there.
        var last = 1 - data[0].truth
        for seen in data {
            echo.add(Prediction(score: Double(last), classIndex: last), .classIndex(seen.truth))
            oracle.add(Prediction(score: Double(seen.truth), classIndex: seen.truth), .classIndex(seen.truth))
            last = seen.truth
        }
        #expect(abs(try #require(echo.overall.kappaTemporal)) < 1e-12)
        #expect(oracle.overall.kappaTemporal == 1)
        #expect(oracle.overall.logLoss ?? 1 < 1e-14)
    }

    @Test func `F1 is the mean of both classes'`() {
        var metrics = PrequentialMetrics(target: twoClasses, window: 10, fading: 1)
        for (said, truth) in [(1, 1), (1, 1), (1, 0), (0, 1), (0, 0)] {
            metrics.add(Prediction(score: Double(said), classIndex: said), .classIndex(truth))
        }
        // Positive: precision 2/3, recall 2/3. Negative: precision 1/2, recall 1/2.
        #expect(abs((metrics.overall.f1Macro ?? 0) - (2.0 / 3 + 0.5) / 2) < 1e-15)
    }

    @Test func `a weight counts like so many records`() {
        var weighted = PrequentialMetrics(target: .regression, window: 10, fading: 1)
        var repeated = PrequentialMetrics(target: .regression, window: 10, fading: 1)
        for (prediction, truth, times) in [(1.0, 2.0, 1), (3, 7, 3), (0, -1, 2)] {
            weighted.add(Prediction(score: prediction, classIndex: -1), .value(truth), weight: Double(times))
            for _ in 0..<times { repeated.add(Prediction(score: prediction, classIndex: -1), .value(truth)) }
        }
        for (one, other) in zip(weighted.windowed.named, repeated.windowed.named) {
            #expect(one.name == other.name && abs(one.value - other.value) < 1e-12)
        }
    }

    @Test func `faded values follow the recent past`() {
        var metrics = PrequentialMetrics(target: twoClasses, window: 10, fading: 0.9)
        for index in 0..<200 {
            let said = index < 100 ? 1 : 0
            metrics.add(Prediction(score: Double(said), classIndex: said), .classIndex(1))
        }
        #expect(metrics.overall.accuracy == 0.5)
        #expect(metrics.faded.accuracy ?? 1 < 1e-4)
    }

    @Test(arguments: [twoClasses, Target.regression])
    func `the state comes back byte for byte`(target: Target) throws {
        func feed(_ metrics: inout PrequentialMetrics, _ data: ArraySlice<Seen>) {
            for seen in data {
                let regression = target == .regression
                metrics.add(
                    regression ? Prediction(score: seen.score, classIndex: -1) : seen.prediction,
                    regression ? .value(Double(seen.truth)) : .classIndex(seen.truth))
            }
        }
        func state(_ metrics: borrowing PrequentialMetrics) -> StateArchive {
            var archive = StateArchive()
            metrics.save(to: &archive, under: "metrics")
            return archive
        }
        let data = stream(400, seed: 21)
        var one = PrequentialMetrics(target: target, window: 150, fading: 0.99)
        feed(&one, data[..<230])
        var other = PrequentialMetrics(target: target, window: 150, fading: 0.99)
        let saved = state(one)
        try other.restore(from: saved, under: "metrics")
        #expect(state(other) == saved)
        feed(&one, data[230...])
        feed(&other, data[230...])
        #expect(state(other) == state(one))
        #expect(other.windowed == one.windowed)
    }

    @Test func `nothing that isn't a number gets in, and before the first record nothing is said`() {
        for target in [twoClasses, Target.regression] {
            var metrics = PrequentialMetrics(target: target, window: 10, fading: 0.99)
            for score in [0.5, .nan, .infinity] {
                for truth in [Double.nan, .infinity, 1e300] {
                    metrics.add(Prediction(score: score, classIndex: 0), .value(truth))
                }
                metrics.add(Prediction(score: score, classIndex: 0), .absent)
                metrics.add(Prediction(score: score, classIndex: 0), .classIndex(0), weight: 0)
            }
            metrics.add(Prediction(score: 0.5, classIndex: 7), .classIndex(5))
            if target != .regression { #expect(metrics.records == 0 && metrics.overall.named.isEmpty) }
            #expect(metrics.overall.named.allSatisfy { $0.value.isFinite })
        }
    }
}
