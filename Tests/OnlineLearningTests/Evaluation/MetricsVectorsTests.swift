import OnlineLearning
import Records
import Testing

@Suite struct MetricsVectorsTests {
    @Test func `the metrics of two classes are the reference's`() throws {
        for vector in try VectorCase.all(kinds: ["metrics-binary"]) {
            let scores = try vector.numbers("p")
            var metrics = PrequentialMetrics(target: twoClasses, window: scores.count, fading: 1)
            for (score, truth) in zip(scores, try vector.numbers("y")) {
                metrics.add(Prediction(score: score, classIndex: score > 0.5 ? 1 : 0), .classIndex(Int(truth)))
            }
            for values in [metrics.overall, metrics.windowed, metrics.faded] {
                let named = Dictionary(uniqueKeysWithValues: values.named.map { ($0.name, $0.value) })
                for name in ["accuracy", "kappa", "mcc", "log_loss"] {
                    let found = try #require(named[name])
                    #expect(relativeError([found], [try vector.number(name)]) < 1e-10, "\(vector) \(name)")
                }
            }
            let exact = try vector.number("auc")
            #expect(relativeError([try #require(metrics.windowed.auc)], [exact]) < 1e-10, "\(vector)")
            #expect(abs(try #require(metrics.overall.auc) - exact) <= metrics.largestAreaError + 1e-12, "\(vector)")
        }
    }

    @Test func `the metrics of a regression are the reference's`() throws {
        for vector in try VectorCase.all(kinds: ["metrics-regression"]) {
            let predictions = try vector.numbers("p")
            var metrics = PrequentialMetrics(target: .regression, window: predictions.count, fading: 1)
            for (prediction, truth) in zip(predictions, try vector.numbers("y")) {
                metrics.add(Prediction(score: prediction, classIndex: -1), .value(truth))
            }
            for values in [metrics.overall, metrics.windowed, metrics.faded] {
                let named = Dictionary(uniqueKeysWithValues: values.named.map { ($0.name, $0.value) })
                for name in ["mae", "rmse", "r2"] {
                    let found = try #require(named[name])
                    #expect(relativeError([found], [try vector.number(name)]) < 1e-10, "\(vector) \(name)")
                }
            }
        }
    }
}
