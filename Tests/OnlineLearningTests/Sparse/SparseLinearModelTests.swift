import Foundation
import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct SparseLinearModelTests {
    struct Setup: CustomTestStringConvertible {
        var target: Target
        var stepSize: Double?
        var batch: Int
        var testDescription: String {
            "\(target == .regression ? "regression" : "binary") \(stepSize == nil ? "bank" : "single") batch \(batch)"
        }

        func model() -> SparseLinearModel {
            SparseLinearModel(
                SparseLinearConfiguration(
                    shape: InputShape(dense: 4, sparse: 256), target: target, stepSize: stepSize, batch: batch))
        }

        static let all = [twoClasses, Target.regression].flatMap { target in
            [nil, 0.1].flatMap { stepSize in
                [1, 7].map { Setup(target: target, stepSize: stepSize, batch: $0) }
            }
        }
    }

    @Test(arguments: Setup.all)
    func `it passes the checks of every learner`(setup: Setup) throws {
        try checkSparseLearner(setup.target) { setup.model() }
    }

    @Test(arguments: Setup.all)
    func `it learns a rule over dense values and categories`(setup: Setup) {
        var model = setup.model()
        var metrics = PrequentialMetrics(target: setup.target, window: 1000, fading: 1)
        for record in sparseExamples(4000, target: setup.target, seed: 9) {
            metrics.add(model.answer(record, classes: setup.target.classes.count).prediction, record.label)
            model.learn(record)
        }
        if setup.target == .regression {
            #expect(metrics.windowed.r2 ?? 0 > 0.9)
        } else {
            #expect(metrics.windowed.accuracy ?? 0 > 0.9)
        }
    }

    /// One step size in double precision: the step divided by 1 + step × curvature × squared norm.
    @Test(arguments: [twoClasses, Target.regression])
    func `a single step size follows the formula`(target: Target) {
        let isBinary = target != .regression
        var model = SparseLinearModel(
            SparseLinearConfiguration(
                shape: InputShape(dense: 4, sparse: 256), target: target, stepSize: 0.3, targetScaling: .none))
        var weights = [Double](repeating: 0, count: 261)
        for record in sparseExamples(200, target: target, seed: 14) {
            var example = record
            if case .value(let value) = record.label { example.label = .value(value / 100) }
            var values = [260: 1.0]
            for (index, value) in record.dense.enumerated() { values[index] = Double(value) }
            for entry in record.sparse { values[4 + Int(entry.index), default: 0] += Double(entry.value) }
            let margin = values.reduce(0) { $0 + weights[$1.key] * $1.value }
            let output = isBinary ? 1 / (1 + exp(-margin)) : margin
            let found = model.answer(example, classes: target.classes.count).prediction.score
            #expect(abs(found - output) < 1e-4 * max(1, abs(output)))
            let norm = values.reduce(0) { $0 + $1.value * $1.value }
            let number = example.label.target ?? 0
            let step = 0.3 / (1 + 0.3 * (isBinary ? 0.25 : 1) * norm)
            for (index, value) in values { weights[index] -= step * (output - number) * value }
            model.learn(example)
        }
    }

    @Test(arguments: [twoClasses, Target.regression])
    func `the bank is about as good as the best of its step sizes`(target: Target) {
        func loss(_ stepSize: Double?) -> Double {
            var model = Setup(target: target, stepSize: stepSize, batch: 1).model()
            return sparseExamples(3000, target: target, seed: 15).reduce(0) { $0 + model.learn($1).loss } / 3000
        }
        let singles = (0..<8).map { loss(0x1p-8 * pow(8.0.squareRoot(), Double($0))) }
        let bank = loss(nil)
        let best = singles.min() ?? 0
        #expect(bank < 1.1 * best + 0.01)
        #expect(bank < 0.8 * (singles.max() ?? 0))
    }

    @Test func `it follows when the rule turns round`() {
        var model = Setup(target: twoClasses, stepSize: nil, batch: 1).model()
        var right = 0
        for (index, record) in sparseExamples(6000, target: twoClasses, seed: 16).enumerated() {
            var record = record
            if index >= 4000 { record.label = record.label == .classIndex(1) ? .classIndex(0) : .classIndex(1) }
            let found = model.answer(record, classes: 2).prediction.classIndex
            if index >= 4500 && record.label == .classIndex(found) { right += 1 }
            model.learn(record)
        }
        #expect(right > 1300)
    }

    @Test func `a value counts the same among the dense and among the sparse coordinates`() {
        let dense = SparseLinearConfiguration(shape: InputShape(dense: 4), target: twoClasses)
        let sparse = SparseLinearConfiguration(shape: InputShape(dense: 0, sparse: 4), target: twoClasses)
        var one = SparseLinearModel(dense)
        var other = SparseLinearModel(sparse)
        for record in sparseExamples(300, target: twoClasses, seed: 17) {
            let left = LearnerExample(dense: record.dense, label: record.label)
            let entries = record.dense.enumerated().map { SparseValue(index: UInt32($0), value: $1) }
            let right = LearnerExample(dense: [], sparse: entries, label: record.label)
            let found = abs(
                one.answer(left, classes: 2).prediction.score - other.answer(right, classes: 2).prediction.score)
            #expect(found < 1e-5)
            one.learn(left)
            other.learn(right)
        }
    }

    @Test(arguments: [1, 4])
    func `a record of thousands of entries counts the same as their sums`(batch: Int) {
        let configuration = SparseLinearConfiguration(
            shape: InputShape(dense: 0, sparse: 1 << 12), target: twoClasses, batch: batch)
        var scattered = SparseLinearModel(configuration)
        var summed = SparseLinearModel(configuration)
        var generator = SplitMix64(seed: 18)
        for record in 0..<12 {
            let entries = (0..<3000 * (record + 1)).map { _ in
                SparseValue(index: .random(in: 0..<4096, using: &generator), value: 0.125)
            }
            var sums: [UInt32: Float] = [:]
            for entry in entries { sums[entry.index, default: 0] += entry.value }
            let label = Label.classIndex(record % 2)
            let whole = sums.keys.sorted().map { SparseValue(index: $0, value: sums[$0] ?? 0) }
            scattered.learn(LearnerExample(dense: [], sparse: entries, label: label))
            summed.learn(LearnerExample(dense: [], sparse: whole, label: label))
            let found = scattered.answer(LearnerExample(dense: [], sparse: entries, label: label), classes: 2)
            let expected = summed.answer(LearnerExample(dense: [], sparse: whole, label: label), classes: 2)
            #expect(abs(found.prediction.score - expected.prediction.score) < 1e-3)
        }
    }
}
