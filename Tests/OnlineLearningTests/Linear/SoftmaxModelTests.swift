import Foundation
import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct SoftmaxModelTests {
    private func accuracy<Learner: OnlineLearner & ~Copyable>(
        _ learner: consuming Learner, _ data: [LearnerExample], classes: Int, from start: Int
    ) -> Double {
        var learner = learner
        var right = 0
        for (index, example) in data.enumerated() {
            let stamp = UInt64(index + 1)
            let found = learner.answer(example, classes: classes, stamp: stamp).prediction.classIndex
            if index >= start && example.label == .classIndex(found) { right += 1 }
            learner.learn(example, stamp: stamp)
        }
        return Double(right) / Double(data.count - start)
    }

    @Test func `plain descent follows the reference record by record`() throws {
        for vector in try VectorCase.all(kinds: ["softmax-sgd"]) {
            let rows = try vector.rows("x").map { $0.map(Float.init) }
            let expected = try vector.rows("probabilities")
            let classes = expected[0].count
            var model = SoftmaxModel(
                SoftmaxConfiguration(
                    featureCount: rows[0].count,
                    target: .multiclass(classes: (0..<classes).map { .text("\($0)") }),
                    optimizer: OptimizerConfiguration(stepSize: try vector.number("step_size"), normalizedSteps: false))
            )
            var found: [Double] = []
            for (x, y) in zip(rows, try vector.numbers("y")) {
                let example = LearnerExample(dense: x, label: .classIndex(Int(y)))
                let answer = model.answer(example, classes: classes)
                found += answer.probabilities.map(Double.init)
                let loss = model.learn(example).loss
                #expect(abs(loss + log(Double(answer.probabilities[Int(y)]))) < 1e-5)
            }
            #expect(relativeError(found, expected.flatMap { $0 }) < 1e-5, "\(vector)")
            let weights = try vector.rows("weights").flatMap { $0 } + vector.numbers("intercepts")
            let own = (0..<classes).map { model.weights(of: $0).map(Double.init) }
            #expect(relativeError(own.flatMap { $0.dropLast() } + own.map { $0[$0.count - 1] }, weights) < 1e-5)
        }
    }

    @Test func `the gradient is the slope of the cross-entropy`() {
        var generator = SplitMix64(seed: 62)
        for classes in [2, 3, 10] {
            let margins = (0..<classes).map { _ in Double.random(in: -3...3, using: &generator) }
            let label = classes / 2
            func loss(_ margins: [Double]) -> Double { margins.withUnsafeBufferPointer { Softmax.loss($0, of: label) } }
            var probabilities = margins
            let logSum = probabilities.withUnsafeMutableBufferPointer { Softmax.normalize($0) }
            #expect(abs(loss(margins) - (logSum - margins[label])) < 1e-12)
            for place in 0..<classes {
                var (above, below) = (margins, margins)
                above[place] += 1e-6
                below[place] -= 1e-6
                let slope = (loss(above) - loss(below)) / 2e-6
                #expect(abs(slope - (probabilities[place] - (place == label ? 1 : 0))) < 1e-8)
            }
        }
    }

    @Test(arguments: OptimizerKind.allCases)
    func `every optimizer learns four classes, one by one and in batches`(kind: OptimizerKind) {
        let data = classedExamples(4000, features: 6, seed: 63)
        for batch in [1, 8] {
            let step = kind == .sgd || kind == .adagrad ? 0.3 : 0.01
            let model = SoftmaxModel(
                SoftmaxConfiguration(
                    featureCount: 6, target: fourClasses, optimizer: OptimizerConfiguration(kind: kind, stepSize: step),
                    batch: batch))
            #expect(accuracy(model, data, classes: 4, from: 2000) > 0.9, "batch \(batch)")
        }
    }

    @Test(arguments: [1, 16])
    func `the adaptive model learns four classes without a step size`(batch: Int) {
        let configuration = AdaptiveSoftmaxConfiguration(featureCount: 6, target: fourClasses, batch: batch)
        let data = classedExamples(4000, features: 6, seed: 64)
        #expect(accuracy(AdaptiveSoftmaxModel(configuration), data, classes: 4, from: 2000) > 0.95)
    }

    @Test func `weight 3 without normalized steps moves three times as far`() {
        func weights(_ weight: Double) -> [Float] {
            var model = SoftmaxModel(
                SoftmaxConfiguration(
                    featureCount: 2, target: fourClasses,
                    optimizer: OptimizerConfiguration(stepSize: 0.125, normalizedSteps: false)))
            model.learn(LearnerExample(dense: [1, -2], label: .classIndex(1), weight: weight))
            return model.weights(of: 1)
        }
        #expect(weights(3) == weights(1).map { 3 * $0 })
        #expect(weights(1) == [0.09375, -0.1875, 0.09375])
    }

    @Test func `learning twice from one vector uses what was learned the first time`() {
        let configuration = AdaptiveSoftmaxConfiguration(featureCount: 6, target: fourClasses)
        var stamped = AdaptiveSoftmaxModel(configuration)
        var plain = AdaptiveSoftmaxModel(configuration)
        for (index, example) in classedExamples(50, features: 6, seed: 66).enumerated() {
            for _ in 0..<2 {
                stamped.learn(example, stamp: UInt64(index + 1))
                plain.learn(example)
            }
        }
        let (left, right) = (stamped.savedState, plain.savedState)
        #expect(left == right)
    }

    @Test func `a record of enormous weight leaves the state finite`() {
        var model = AdaptiveSoftmaxModel(AdaptiveSoftmaxConfiguration(featureCount: 6, target: fourClasses))
        model.learn(LearnerExample(dense: [0, 1, 0, 2, 0, 0], label: .classIndex(2), weight: 1e29))
        let state = model.savedState
        #expect(state.isFinite)
    }

    @Test func `of two classes the score is the last one's probability`() {
        var model = AdaptiveSoftmaxModel(AdaptiveSoftmaxConfiguration(featureCount: 1, target: twoClasses))
        let example = LearnerExample(dense: [1], label: .classIndex(0))
        for _ in 0..<50 { model.learn(example) }
        let answer = model.answer(example, classes: 2)
        #expect(answer.prediction.classIndex == 0)
        #expect(answer.prediction.score == Double(answer.probabilities[1]) && answer.prediction.score < 0.2)
    }

    @Test func `ten shuffled passes over digits reach 0.95 with the defaults`() throws {
        let rows = try columns((0..<64).map { "p\($0)" } + ["digit"], of: "digits.csv.gz").map { row in
            (x: row.dropLast().map { Float($0) ?? .nan }, label: Int(row[64]) ?? 0)
        }
        #expect(rows.count == 1797)
        var scaler = FeatureScaler(features: (0..<64).map { FeatureDeclaration(name: "p\($0)", scaling: .minMax) })
        var generator = SplitMix64(seed: 65)
        let target = Target.multiclass(classes: (0..<10).map { .text("\($0)") })
        var model = AdaptiveSoftmaxModel(AdaptiveSoftmaxConfiguration(featureCount: 64, target: target))
        var right = 0
        for _ in 0..<10 {
            for row in rows.shuffled(using: &generator) {
                let example = LearnerExample(dense: scaler.transform(row.x), label: .classIndex(row.label))
                if model.answer(example, classes: 10).prediction.classIndex == row.label { right += 1 }
                model.learn(example)
                scaler.update(row.x)
            }
        }
        #expect(Double(right) / 17_970 > 0.95)
    }
}
