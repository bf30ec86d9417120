import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct AdaptiveLinearModelTests {
    private func model(
        _ features: Int, _ target: Target, loss: LossKind? = nil, batch: Int = 1, products: Int = 0,
        shape: LossShape = LossShape()
    ) -> AdaptiveLinearModel {
        AdaptiveLinearModel(
            AdaptiveLinearConfiguration(
                featureCount: features, target: target, loss: loss, batch: batch, lossShape: shape,
                productsUpTo: products))
    }

    private func metrics(
        _ model: consuming AdaptiveLinearModel, _ data: [LearnerExample], window: Int = 1000
    ) -> MetricValues {
        let target = model.configuration.target
        var model = model
        var metrics = PrequentialMetrics(target: target, window: window, fading: 1)
        for (index, example) in data.enumerated() {
            let stamp = UInt64(index + 1)
            metrics.add(
                model.answer(example, classes: target.classes.count, stamp: stamp).prediction, example.label)
            model.learn(example, stamp: stamp)
        }
        return metrics.windowed
    }

    @Test(arguments: [1, 16])
    func `it learns a linear rule without a step size, in batches too`(batch: Int) {
        for target in [twoClasses, .regression] {
            let data = examples(4000, features: 11, target: target, seed: 41).map(LearnerExample.init)
            let values = metrics(model(11, target, batch: batch), data)
            if target == .regression {
                #expect(values.r2 ?? 0 > 0.97)
            } else {
                #expect(values.accuracy ?? 0 > 0.92)
            }
        }
    }

    @Test(arguments: [1e-6, 1, 1e12])
    func `a regression predicts in the target's own unit, whatever its size`(scale: Double) {
        var data = examples(3000, features: 3, target: .regression, seed: 42).map(LearnerExample.init)
        for index in data.indices { data[index].label = .value((data[index].label.target ?? 0) * scale) }
        #expect(metrics(model(3, .regression), data).r2 ?? 0 > 0.97)
    }

    @Test func `products find a rule that no weighted sum can say`() {
        var generator = SplitMix64(seed: 43)
        let data = (0..<4000).map { _ in
            let x = [Float.random(in: -2...2, using: &generator), Float.random(in: -2...2, using: &generator)]
            return LearnerExample(dense: x, label: .classIndex(x[0] * x[1] > 0 ? 1 : 0))
        }
        #expect(metrics(model(2, twoClasses, products: 2), data).accuracy ?? 0 > 0.95)
        #expect(metrics(model(2, twoClasses), data).accuracy ?? 1 < 0.6)
    }

    @Test func `after a sudden change it is good again within 300 records`() {
        var data = examples(6000, features: 5, target: twoClasses, seed: 44).map(LearnerExample.init)
        for index in 3000..<6000 { data[index].label = .classIndex(1 - Int(data[index].label.target ?? 0)) }
        #expect(metrics(model(5, twoClasses), Array(data[..<3300]), window: 100).accuracy ?? 0 > 0.85)
    }

    @Test func `what lasts and isn't in the features is learned from the last errors`() {
        var generator = SplitMix64(seed: 45)
        var level = 0.0
        let data = (0..<4000).map { index in
            if index % 100 == 0 { level = Double.random(in: -5...5, using: &generator) }
            let x = Float.random(in: -1...1, using: &generator)
            return LearnerExample(dense: [x], label: .value(Double(x) + level))
        }
        #expect(metrics(model(1, .regression), data, window: 3000).r2 ?? 0 > 0.9)
    }

    @Test func `a quantile lies above its part of the labels`() {
        var generator = SplitMix64(seed: 46)
        let data = (0..<6000).map { _ in
            LearnerExample(
                dense: [Float.random(in: -1...1, using: &generator)],
                label: .value(Double.random(in: 0...10, using: &generator)))
        }
        var model = model(1, .regression, loss: .quantile, shape: LossShape(quantile: 0.9))
        var above = 0
        for (index, example) in data.enumerated() {
            if index >= 1000 && model.answer(example, classes: 0).prediction.score > example.label.target ?? 0 {
                above += 1
            }
            model.learn(example)
        }
        #expect(abs(Double(above) / 5000 - 0.9) < 0.04)
    }

    @Test func `counts are predicted by their mean`() {
        var generator = SplitMix64(seed: 47)
        var seeded = SeededGenerator(seed: 48)
        let data = (0..<5000).map { _ in
            let x = Float.random(in: -1...1, using: &generator)
            let mean = x > 0 ? 6.0 : 1.5
            return LearnerExample(dense: [x > 0 ? 1 : -1], label: .value(Double(seeded.poisson(mean: mean))))
        }
        var model = model(1, .regression, loss: .poisson)
        for example in data { model.learn(example) }
        let high = model.answer(LearnerExample(dense: [1], label: .absent), classes: 0).prediction.score
        let low = model.answer(LearnerExample(dense: [-1], label: .absent), classes: 0).prediction.score
        #expect(abs(high - 6) < 1 && abs(low - 1.5) < 0.5, "\(high) \(low)")
    }

    @Test func `the larger a record's weight, the further it moves what is said of it`() {
        let example = LearnerExample(dense: [1, -0.5], label: .classIndex(1))
        let found = [0.1, 1, 10, 1e6].map { weight in
            var model = model(2, twoClasses)
            var weighted = example
            weighted.weight = weight
            model.learn(weighted)
            return model.answer(example, classes: 2).prediction.score
        }
        #expect(found == found.sorted() && Set(found).count == 4 && found[0] > 0.5, "\(found)")
    }

    @Test func `a record of enormous weight leaves the state finite`() {
        var model = model(3, .regression, products: 3)
        for example in examples(50, features: 3, target: .regression, seed: 53).map(LearnerExample.init) {
            model.learn(example)
        }
        model.learn(LearnerExample(dense: [0, 1, 0], label: .value(90), weight: 1e29))
        let state = model.savedState
        #expect(state.isFinite)
    }

    @Test func `the averages of errors are those of label minus prediction`() throws {
        var model = model(3, twoClasses)
        var averages = [0.0, 0]
        for example in examples(200, features: 3, target: twoClasses, seed: 51).map(LearnerExample.init) {
            let residual = (example.label.target ?? 0) - model.answer(example, classes: 2).prediction.score
            averages[0] += 0.3 * (2 * residual - averages[0])
            averages[1] += 0.03 * (2 * residual - averages[1])
            model.learn(example)
        }
        #expect(relativeError(try model.savedState.doubles("model/memory"), averages) < 1e-9)
    }

    @Test(arguments: [1, 3])
    func `learning twice from one vector uses what was learned the first time`(batch: Int) {
        let data = examples(50, features: 3, target: twoClasses, seed: 52).map(LearnerExample.init)
        var stamped = model(3, twoClasses, batch: batch, products: 3)
        var plain = model(3, twoClasses, batch: batch, products: 3)
        for (index, example) in data.enumerated() {
            for _ in 0..<2 {
                stamped.learn(example, stamp: UInt64(index + 1))
                plain.learn(example)
            }
        }
        let (left, right) = (stamped.savedState, plain.savedState)
        #expect(left == right)
    }

    @Test func `inputs beyond all others leave the predictions near the labels' range`() {
        var model = model(4, .regression)
        for example in examples(300, features: 4, target: .regression, seed: 50) {
            model.learn(LearnerExample(example))
        }
        for place in 0..<8 {
            var x = [Float](repeating: 0, count: 4)
            x[place / 2] = place % 2 == 0 ? 10_000 : -10_000
            let score = model.answer(LearnerExample(dense: x, label: .absent), classes: 0).prediction.score
            #expect(abs(score - 100) < 300, "\(score)")
        }
    }
}
