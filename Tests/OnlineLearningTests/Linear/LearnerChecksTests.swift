import OnlineLearning
import Records
import Testing

/// The checks that every learner passes, here for the linear model under every optimizer, loss and size of batch.
@Suite struct LearnerChecksTests {
    struct Setup: CustomTestStringConvertible {
        var loss: LossKind
        var optimizer: OptimizerKind
        var batch: Int
        var target: Target { loss.isForClasses ? twoClasses : .regression }
        var testDescription: String { "\(loss) \(optimizer) batch \(batch)" }

        func model(features: Int = 11) -> LinearModel {
            LinearModel(
                LinearModelConfiguration(
                    featureCount: features, target: target, loss: loss,
                    optimizer: OptimizerConfiguration(kind: optimizer, l1: 1e-4, l2: 1e-3), batch: batch))
        }

        static let all = LossKind.allCases.flatMap { loss in
            OptimizerKind.allCases.flatMap { optimizer in
                [1, 7].map { Setup(loss: loss, optimizer: optimizer, batch: $0) }
            }
        }
    }

    @Test(arguments: Setup.all)
    func `predicting changes nothing`(setup: Setup) {
        var model = setup.model()
        let data = examples(100, features: 11, loss: setup.loss, seed: 1)
        for example in data { model.learn(example) }
        let before = model.state
        let first = data.map { model.predict($0.x) }
        #expect(model.state == before)
        #expect(data.map { model.predict($0.x) } == first)
    }

    @Test(arguments: Setup.all)
    func `the state comes back byte for byte and learns on the same`(setup: Setup) throws {
        let data = examples(300, features: 11, loss: setup.loss, seed: 2)
        var model = setup.model()
        for example in data[..<151] { model.learn(example) }
        var restored = setup.model()
        try restored.restore(from: model.state, under: "model")
        #expect(restored.state == model.state)
        for example in data[151...] {
            #expect(restored.predict(example.x) == model.predict(example.x))
            #expect(restored.learn(example) == model.learn(example))
        }
        #expect(restored.state == model.state)
        #expect(restored.recordsLearned == 300)
    }

    @Test(arguments: Setup.all)
    func `equal records give equal bits`(setup: Setup) {
        var one = setup.model()
        var other = setup.model()
        for example in examples(200, features: 11, loss: setup.loss, seed: 3) { one.learn(example) }
        for example in examples(200, features: 11, loss: setup.loss, seed: 3) { other.learn(example) }
        #expect(one.state == other.state)
    }

    @Test(arguments: Setup.all)
    func `hostile values leave it finite and still learning`(setup: Setup) {
        var model = setup.model()
        let clean = examples(420, features: 11, loss: setup.loss, seed: 4)
        for example in clean[..<200] { model.learn(example) }
        for (index, value) in [Float.nan, .infinity, -.infinity, 3e38, 1e30, 10_000].enumerated() {
            var bad = clean[index]
            bad.x[index] = value
            model.learn(bad)
        }
        for value in [Double.nan, .infinity, 1e300, -1e300] {
            var bad = clean[0]
            bad.label = .value(value)
            #expect(model.learn(bad).result == .refused)
        }
        for weight in [Double.nan, .infinity, -1] {
            var bad = clean[0]
            bad.weight = weight
            #expect(model.learn(bad).result == .refused)
        }
        #expect((model.weights + [model.intercept]).allSatisfy { $0.isFinite })
        let before = model.weights
        for example in clean[200...] {
            #expect(model.predict(example.x).score.isFinite)
            model.learn(example)
        }
        #expect((model.weights + [model.intercept]).allSatisfy { $0.isFinite })
        #expect(model.weights != before)
        #expect(model.updatesRefused >= 7)
    }

    @Test(arguments: Setup.all)
    func `it learns a linear rule`(setup: Setup) {
        let data = examples(4000, features: 11, loss: setup.loss, seed: 5)
        var configuration = setup.model().configuration
        configuration.optimizer = OptimizerConfiguration(
            kind: setup.optimizer, stepSize: setup.optimizer == .sgd || setup.optimizer == .adagrad ? 0.05 : 0.005,
            // Gradients of counts have no bound, which momentum doesn't bear.
            clip: setup.loss == .poisson ? 5 : nil)
        var model = LinearModel(configuration)
        var metrics = PrequentialMetrics(target: setup.target, window: 1000, fading: 1)
        for example in data {
            metrics.add(model.predict(example.x), example.label)
            model.learn(example)
        }
        if setup.loss.isForClasses {
            #expect(metrics.windowed.accuracy ?? 0 > 0.9)
        } else {
            #expect(metrics.windowed.r2 ?? 0 > (setup.loss == .poisson ? 0.5 : 0.9))
        }
    }
}
