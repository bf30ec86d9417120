import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct ClassMetricsTests {
    private let threeClasses = Target.multiclass(classes: [.text("a"), .text("b"), .text("c")])

    private struct Seen {
        var probabilities: [Float]
        var truth: Int

        var said: Int { probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0 }
        var prediction: Prediction { Prediction(score: Double(probabilities[said]), classIndex: said) }
    }

    private func stream(_ count: Int, classes: Int, seed: UInt64) -> [Seen] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            let raw = (0..<classes).map { _ in Float.random(in: 0.01...1, using: &generator) }
            let sum = raw.reduce(0, +)
            let seen = Seen(probabilities: raw.map { $0 / sum }, truth: Int.random(in: 0..<classes, using: &generator))
            return Bool.random(using: &generator) ? Seen(probabilities: seen.probabilities, truth: seen.said) : seen
        }
    }

    private func feed(_ metrics: inout PrequentialMetrics, _ data: ArraySlice<Seen>) {
        for seen in data {
            seen.probabilities.withUnsafeBufferPointer {
                metrics.add(seen.prediction, .classIndex(seen.truth), probabilities: $0)
            }
        }
    }

    @Test(arguments: [1.0, 0.97])
    func `two classes have the same metrics whether they are called two or several`(fading: Double) {
        let data = stream(700, classes: 2, seed: 31)
        var two = PrequentialMetrics(target: twoClasses, window: 300, fading: fading)
        var several = PrequentialMetrics(
            target: .multiclass(classes: twoClasses.classes), window: 300, fading: fading)
        feed(&several, data[...])
        for seen in data {
            two.add(
                Prediction(score: Double(seen.probabilities[1]), classIndex: seen.said), .classIndex(seen.truth))
        }
        for (one, other) in [
            (two.overall, several.overall), (two.windowed, several.windowed), (two.faded, several.faded),
        ] {
            let others = Dictionary(uniqueKeysWithValues: other.named.map { ($0.name, $0.value) })
            // Of several classes none is the positive one, and the squared error is summed over them.
            for metric in one.named where !["auc", "precision", "recall"].contains(metric.name) {
                let expected = metric.name == "brier" ? 2 * metric.value : metric.value
                #expect(abs(expected - (others[metric.name] ?? .infinity)) < 1e-6, "\(metric.name)")
            }
            #expect(other.records == one.records)
        }
    }

    @Test func `the metrics of three classes are those of their definitions`() throws {
        // By true class: a said a, b, a, c; b said b, b, b; c said c, a, b. Worked out from that table by the textbook.
        let pairs = [(0, 0), (0, 1), (1, 1), (2, 2), (2, 0), (1, 1), (0, 0), (2, 1), (1, 1), (0, 2)]
        var metrics = PrequentialMetrics(target: threeClasses, window: 100, fading: 1)
        for (truth, said) in pairs {
            let probabilities = (0..<3).map { Float($0 == said ? 0.6 : 0.2) }
            probabilities.withUnsafeBufferPointer {
                metrics.add(Prediction(score: 0.6, classIndex: said), .classIndex(truth), probabilities: $0)
            }
        }
        for values in [metrics.overall, metrics.windowed, metrics.faded] {
            #expect(abs(try #require(values.accuracy) - 0.6) < 1e-12)
            #expect(abs(try #require(values.f1Macro) - 0.5738095238) < 1e-9)
            #expect(abs(try #require(values.kappa) - 0.4029850746) < 1e-9)
            #expect(abs(try #require(values.mcc) - 0.4220811446) < 1e-9)
            #expect(abs(try #require(values.logLoss) - 0.9502705) < 1e-6)
        }
    }

    @Test func `the state comes back byte for byte, and fading never overflows`() throws {
        let data = stream(5_000, classes: 3, seed: 32)
        var metrics = PrequentialMetrics(target: threeClasses, window: 50, fading: 0.9)
        feed(&metrics, data[..<4_321])
        var archive = StateArchive()
        metrics.save(to: &archive, under: "evaluation")
        var restored = PrequentialMetrics(target: threeClasses, window: 50, fading: 0.9)
        try restored.restore(from: archive, under: "evaluation")
        feed(&metrics, data[4_321...])
        feed(&restored, data[4_321...])
        let (one, other) = (metrics.overall, restored.overall)
        #expect(one == other)
        let (faded, same) = (metrics.faded, restored.faded)
        #expect(faded == same && faded.named.allSatisfy { $0.value.isFinite })
        var again = StateArchive()
        metrics.save(to: &archive, under: "evaluation")
        restored.save(to: &again, under: "evaluation")
        #expect(archive == again)
    }

    @Test func `a class that there isn't is refused in a snapshot`() {
        var metrics = PrequentialMetrics(target: threeClasses, window: 5, fading: 1)
        feed(&metrics, stream(9, classes: 3, seed: 33)[...])
        var archive = StateArchive()
        metrics.save(to: &archive, under: "evaluation")
        archive.put("evaluation/window/predicted", counters: [0, 1, 2, 3, 0])
        #expect(throws: StateError.self) { try metrics.restore(from: archive, under: "evaluation") }
    }

    @Test func `without a target the area under the curve says how well scores tell unusual records`() throws {
        var generator = SplitMix64(seed: 34)
        var metrics = PrequentialMetrics(target: .unlabelled, window: 400, fading: 1)
        var seen: [(score: Double, truth: Int)] = []
        for _ in 0..<400 {
            let truth = Double.random(in: 0...1, using: &generator) < 0.2 ? 1 : 0
            let score = Double.random(in: 0...40, using: &generator) + Double(truth) * 20
            seen.append((score, truth))
            metrics.add(Prediction(score: score, classIndex: -1), .classIndex(truth))
        }
        var (won, pairs) = (0.0, 0.0)
        for positive in seen where positive.truth == 1 {
            for negative in seen where negative.truth == 0 {
                won += positive.score > negative.score ? 1 : 0
                pairs += 1
            }
        }
        #expect(abs(try #require(metrics.windowed.auc) - won / pairs) < 1e-12)
        #expect(abs(try #require(metrics.overall.auc) - won / pairs) <= metrics.largestAreaError)
        #expect(metrics.overall.accuracy == nil)
    }
}
