import OnlineLearning
import Records
import Testing

@Suite struct LinearModelTests {
    private func model(batch: Int = 1, _ optimizer: OptimizerConfiguration = OptimizerConfiguration()) -> LinearModel {
        LinearModel(LinearModelConfiguration(featureCount: 3, target: twoClasses, optimizer: optimizer, batch: batch))
    }

    @Test func `a batch of one record said twice is one update with that record`() {
        let example = Example(x: [1, -2, 0.5], label: .classIndex(1))
        var single = model()
        var paired = model(batch: 2)
        single.learn(example)
        #expect(paired.learn(example).result == .pending)
        #expect(paired.weights == [0, 0, 0])
        #expect(paired.learn(example).result == .updated)
        #expect(paired.weights == single.weights)
        #expect(paired.intercept == single.intercept)
    }

    @Test func `borders of batches are cut by what was learned, not by what came`() {
        let data = examples(40, features: 3, target: twoClasses, seed: 6)
        var plain = model(batch: 4)
        var interrupted = model(batch: 4)
        for example in data {
            plain.learn(example)
            var skipped = example
            skipped.weight = 0
            #expect(interrupted.learn(skipped).result == .skipped)
            skipped.weight = 1
            skipped.label = .absent
            #expect(interrupted.learn(skipped).result == .skipped)
            interrupted.learn(example)
        }
        #expect(interrupted.state == plain.state)
    }

    @Test func `weight 3 without normalized steps moves three times as far`() {
        var light = model(OptimizerConfiguration(stepSize: 0.125, normalizedSteps: false))
        var heavy = model(OptimizerConfiguration(stepSize: 0.125, normalizedSteps: false))
        light.learn(Example(x: [1, 2, -4], label: .classIndex(0)))
        heavy.learn(Example(x: [1, 2, -4], label: .classIndex(0), weight: 3))
        #expect(heavy.weights == light.weights.map { 3 * $0 })
    }

    @Test func `a refused update leaves every byte of weights and state as it was`() throws {
        for kind in OptimizerKind.allCases {
            let optimizer = OptimizerConfiguration(kind: kind, stepSize: 1e38, normalizedSteps: false)
            var model = LinearModel(
                LinearModelConfiguration(
                    featureCount: 2, target: .regression, optimizer: optimizer, targetScaling: .none))
            let before = model.state
            #expect(model.learn(Example(x: [1e4, 1], label: .value(1e30))).result == .refused, "\(kind)")
            for name in before.names where name != "model/counters" && name != "model/guard" {
                #expect(model.state[name] == before[name], "\(name)")
            }
            #expect(model.updatesRefused == 1)
        }
    }

    @Test func `a regression predicts in the target's own unit, whatever its size`() {
        for scale in [1e-6, 1, 1e12] {
            var model = LinearModel(LinearModelConfiguration(featureCount: 3, target: .regression))
            var metrics = PrequentialMetrics(target: .regression, window: 500, fading: 1)
            for var example in examples(3000, features: 3, target: .regression, seed: 7) {
                example.label = .value((example.label.target ?? 0) * scale)
                metrics.add(model.predict(example.x), example.label)
                model.learn(example)
            }
            #expect(metrics.windowed.r2 ?? 0 > 0.95)
        }
    }

    @Test func `the target is scaled by what was known before its record`() {
        var model = LinearModel(
            LinearModelConfiguration(
                featureCount: 1, target: .regression, optimizer: OptimizerConfiguration(stepSize: 1e-9)))
        #expect(model.predict([0]).score == 0)
        #expect(model.learn(Example(x: [0], label: .value(10))).loss == 0)
        #expect(model.predict([0]).score == 10)
        #expect(model.learn(Example(x: [0], label: .value(14))).loss == 0)
        #expect(model.predict([0]).score == 12)
        // Mean 12, deviation 2: 18 is 3 deviations away.
        #expect(abs(model.learn(Example(x: [0], label: .value(18))).loss - 4.5) < 1e-6)
    }

    @Test func `a snapshot that doesn't fit is refused by name, and nothing is taken from it`() throws {
        var other = LinearModel(LinearModelConfiguration(featureCount: 4, target: twoClasses))
        var model = model()
        model.learn(Example(x: [1, 2, 3], label: .classIndex(1)))
        let before = model.state
        #expect(throws: StateError.wrongCount(name: "model/weights", found: 4, expected: 5)) {
            try other.restore(from: before, under: "model")
        }
        var broken = before
        broken.put("model/weights", floats: [1, .nan, 0, 0])
        #expect(throws: StateError.impossible(name: "model/weights", reason: "element 1 is nan")) {
            try model.restore(from: broken, under: "model")
        }
        #expect(model.state == before)
    }
}
