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
                case .adagrad:
                    first[place] += gradient * gradient
                    direction = gradient / (first[place].squareRoot() + 1e-6)
                case .rmsprop:
                    first[place] = 0.9 * first[place] + 0.1 * gradient * gradient
                    direction = gradient / (first[place].squareRoot() + 1e-6)
                case .adam:
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
