import Foundation
import OnlineLearning
import Records
import Testing

@Suite struct OptimizerTests {
    /// One weight and an intercept under the squared loss, next to the textbook's formula in Float64.
    @Test(arguments: OptimizerKind.allCases)
    func `each optimizer follows its formula`(kind: OptimizerKind) {
        let setup = OptimizerConfiguration(
            kind: kind, stepSize: 0.05, normalizedSteps: false, decay: 0.9, epsilon: 1e-6)
        var model = LinearModel(
            LinearModelConfiguration(featureCount: 1, target: .regression, optimizer: setup, targetScaling: .none))
        var (weights, first, second) = ([0.0, 0], [0.0, 0], [0.0, 0])
        for (index, example) in examples(50, features: 1, target: .regression, seed: 8).enumerated() {
            let inputs = [Double(example.x[0]), 1]
            let target = (example.label.target ?? 0) / 100
            let residual = weights[0] * inputs[0] + weights[1] - target
            for place in 0...1 {
                let gradient = residual * inputs[place]
                var direction = gradient
                switch kind {
                case .sgd: break
                case .momentum:
                    first[place] = 0.9 * first[place] + gradient
                    direction = first[place]
                case .nesterov:
                    first[place] = 0.9 * first[place] + gradient
                    direction = gradient + 0.9 * first[place]
                case .adagrad:
                    first[place] += gradient * gradient
                    direction = gradient / (first[place].squareRoot() + 1e-6)
                case .rmsprop:
                    first[place] = 0.9 * first[place] + 0.1 * gradient * gradient
                    direction = gradient / (first[place].squareRoot() + 1e-6)
                case .adam, .adamw:
                    first[place] = 0.9 * first[place] + 0.1 * gradient
                    second[place] = 0.999 * second[place] + 0.001 * gradient * gradient
                    let mean = first[place] / (1 - pow(0.9, Double(index + 1)))
                    let square = second[place] / (1 - pow(0.999, Double(index + 1)))
                    direction = mean / (square.squareRoot() + 1e-6)
                }
                weights[place] -= 0.05 * direction
            }
            model.learn(Example(x: example.x, label: .value(target)))
        }
        #expect(relativeError([Double(model.weights[0]), Double(model.intercept)], weights) < 1e-4)
    }

    private func updated(_ optimizer: OptimizerConfiguration, _ data: [Example]) -> [Float] {
        var model = LinearModel(
            LinearModelConfiguration(
                featureCount: data[0].x.count, target: .regression, optimizer: optimizer, targetScaling: .none))
        for example in data { model.learn(example) }
        return model.weights + [model.intercept]
    }

    @Test func `a normalized step is divided by one plus step times the squared norm`() {
        let data = [Example(x: [3, -2], label: .value(5))]
        let plain = updated(OptimizerConfiguration(stepSize: 0.5, normalizedSteps: false), data)
        let normalized = updated(OptimizerConfiguration(stepSize: 0.5), data)
        for (whole, part) in zip(plain, normalized) { #expect(abs(part - whole / (1 + 0.5 * 14)) < 1e-6) }
    }

    @Test func `a huge normalized step hits the label and never goes beyond`() {
        let weights = updated(OptimizerConfiguration(stepSize: 1e12), [Example(x: [3, -2], label: .value(5))])
        #expect(abs(3 * weights[0] - 2 * weights[1] + weights[2] - 5) < 1e-4)
    }

    @Test func `inverse scaling divides by the update's number to the power`() {
        #expect(StepSizeSchedule.inverseScaling(power: 0.5).factor(update: 9) == 1.0 / 3)
        #expect(StepSizeSchedule.inverseScaling(power: 1).factor(update: 8) == 0.125)
        #expect(StepSizeSchedule.constant.factor(update: 1e9) == 1)
        let twice = [Example](repeating: Example(x: [0], label: .value(1)), count: 2)
        let scheduled = updated(
            OptimizerConfiguration(stepSize: 0.5, schedule: .inverseScaling(power: 1), normalizedSteps: false), twice)
        #expect(scheduled[1] == 0.5 + 0.25 * 0.5)
    }

    @Test func `step, cosine and warm-up go as they are declared`() {
        let step = StepSizeSchedule.step(every: 10, factor: 0.5)
        #expect([1, 10, 11, 20, 21].map { step.factor(update: $0) } == [1, 1, 0.5, 0.5, 0.25])
        let cosine = StepSizeSchedule.cosine(updates: 100, lowest: 0.2)
        #expect(cosine.factor(update: 1) == 1)
        #expect(abs(cosine.factor(update: 51) - 0.6) < 1e-12)
        #expect([101, 1e6].map { cosine.factor(update: $0) } == [0.2, 0.2])
        let rising = StepSizeSchedule.warmUp(updates: 4)
        #expect([1, 2, 4, 9].map { rising.factor(update: $0) } == [0.25, 0.5, 1, 1])
    }

    @Test func `AdamW shrinks the weights beside the gradient`() {
        var plain = LinearModel(
            LinearModelConfiguration(
                featureCount: 1, target: .regression,
                optimizer: OptimizerConfiguration(kind: .adamw, stepSize: 0.1, epsilon: 1e-12, l2: 0.5),
                targetScaling: .none))
        plain.learn(Example(x: [1], label: .value(5)))
        #expect(abs(plain.weights[0] - 0.1) < 1e-6)
        plain.learn(Example(x: [1], label: .value(5)))
        // The second step of nearly equal gradients is 0.1 again, and a twentieth of the weight of 0.1 goes.
        #expect(abs(plain.weights[0] - (0.2 - 0.1 * 0.5 * 0.1)) < 2e-3)
    }

    @Test func `a gradient clipped by value has no number beyond the limit`() {
        let data = [Example(x: [3, -0.5], label: .value(2))]
        let setup = OptimizerConfiguration(stepSize: 1, normalizedSteps: false, clipValue: 1.5)
        #expect(updated(setup, data) == [1.5, -1, 1.5])
    }

    @Test func `steps too long are halved until the loss stays`() {
        let data = examples(400, features: 4, target: .regression, seed: 9)
        var model = LinearModel(
            LinearModelConfiguration(
                featureCount: 4, target: .regression,
                optimizer: OptimizerConfiguration(stepSize: 1000, normalizedSteps: false)))
        for example in data { model.learn(example) }
        #expect(model.updatesRefused > 3)
        var metrics = PrequentialMetrics(target: .regression, window: 300, fading: 1)
        for example in examples(2000, features: 4, target: .regression, seed: 9) {
            metrics.add(model.predict(example.x), example.label)
            model.learn(example)
        }
        #expect(metrics.windowed.rmse ?? .infinity < 1000)
    }

    @Test func `a record that isn't finite leaves the step size alone`() {
        var model = LinearModel(
            LinearModelConfiguration(
                featureCount: 1, target: twoClasses, optimizer: OptimizerConfiguration(stepSize: 0.1)))
        for _ in 0..<50 { #expect(model.learn(Example(x: [.nan], label: .classIndex(1))).result == .refused) }
        var fresh = LinearModel(model.configuration)
        fresh.learn(Example(x: [1], label: .classIndex(1)))
        model.learn(Example(x: [1], label: .classIndex(1)))
        #expect(model.weights == fresh.weights)
    }

    @Test func `a clipped gradient keeps its direction and has the length of the limit`() {
        let weights = updated(
            OptimizerConfiguration(stepSize: 1, normalizedSteps: false, clip: 0.25),
            [Example(x: [2, 2], label: .value(100))])
        let length = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(abs(length - 0.25) < 1e-6)
        #expect(abs(weights[0] - 2 * weights[2]) < 1e-6)
    }

    @Test func `L1 draws a weight to exactly 0 and not beyond, and spares the intercept`() {
        var model = LinearModel(
            LinearModelConfiguration(
                featureCount: 2, target: .regression,
                optimizer: OptimizerConfiguration(stepSize: 0.25, normalizedSteps: false, l1: 0.5),
                targetScaling: .none))
        model.learn(Example(x: [4, -4], label: .value(1)))
        // The step of 1, drawn back by 0.25 * 0.5.
        #expect(model.weights == [0.875, -0.875])
        #expect(model.intercept == 0.25)
        var sizes: [Float] = []
        for _ in 0..<9 {
            model.learn(Example(x: [0, 0], label: .value(0.25)))
            #expect(model.weights[1] == -model.weights[0])
            sizes.append(model.weights[0])
        }
        #expect(sizes == [0.75, 0.625, 0.5, 0.375, 0.25, 0.125, 0, 0, 0])
        #expect(model.intercept == 0.25)
    }

    @Test func `L2 makes the weights smaller and spares the intercept`() {
        let data = examples(500, features: 5, target: .regression, seed: 10)
        let free = updated(OptimizerConfiguration(stepSize: 0.02), data)
        let held = updated(OptimizerConfiguration(stepSize: 0.02, l2: 0.5), data)
        func norm(_ weights: [Float]) -> Float { weights.dropLast().reduce(0) { $0 + $1 * $1 } }
        #expect(norm(held) < 0.7 * norm(free))
        #expect(held[5] > 0.9 * free[5])
    }
}
