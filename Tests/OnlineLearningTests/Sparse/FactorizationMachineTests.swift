import Foundation
import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct FactorizationMachineTests {
    struct Setup: CustomTestStringConvertible {
        var target: Target
        var optimizer: FactorizationOptimizer
        var batch: Int
        var testDescription: String { "\(target == .regression ? "regression" : "binary") \(optimizer) batch \(batch)" }

        func model(seed: UInt64 = 42) -> FactorizationMachine {
            FactorizationMachine(
                FactorizationMachineConfiguration(
                    shape: InputShape(dense: 4, sparse: 256), target: target, factors: 4, optimizer: optimizer,
                    seed: seed, batch: batch))
        }

        static let all = [twoClasses, Target.regression].flatMap { target in
            [FactorizationOptimizer.adaptive(), .adagrad(), .ftrl(l1: 1e-4, l2: 1e-3)].flatMap { optimizer in
                [1, 7].map { Setup(target: target, optimizer: optimizer, batch: $0) }
            }
        }
    }

    @Test(arguments: Setup.all)
    func `it passes the checks of every learner`(setup: Setup) throws {
        try checkSparseLearner(setup.target) { setup.model() }
    }

    @Test(arguments: Setup.all)
    func `another seed gives another machine`(setup: Setup) {
        var one = setup.model()
        var other = setup.model(seed: 43)
        for record in sparseExamples(20, target: setup.target, seed: 3) {
            one.learn(record)
            other.learn(record)
        }
        let (left, right) = (one.savedState, other.savedState)
        #expect(left != right)
    }

    /// Whether two categories belong together decides, so each of them alone says nothing.
    private func pairs(_ count: Int) -> [LearnerExample] {
        var generator = SplitMix64(seed: 5)
        return (0..<count).map { _ in
            let first = UInt32.random(in: 0..<6, using: &generator)
            let second = UInt32.random(in: 0..<6, using: &generator)
            return LearnerExample(
                dense: [0, 0, 0, 0],
                sparse: [SparseValue(index: first, value: 1), SparseValue(index: 100 + second, value: 1)],
                label: .classIndex(first % 2 == second % 2 ? 1 : 0))
        }
    }

    @Test(arguments: [FactorizationOptimizer.adaptive(), .adagrad(), .ftrl()])
    func `it learns what only pairs tell, which a linear model can't`(optimizer: FactorizationOptimizer) {
        var machine = Setup(target: twoClasses, optimizer: optimizer, batch: 1).model()
        var linear = SparseLinearModel(
            SparseLinearConfiguration(shape: InputShape(dense: 4, sparse: 256), target: twoClasses))
        var right = 0
        var linearRight = 0
        for (index, record) in pairs(8000).enumerated() {
            let wanted = record.label == .classIndex(1) ? 1 : 0
            if index >= 7000 {
                if machine.answer(record, classes: 2).prediction.classIndex == wanted { right += 1 }
                if linear.answer(record, classes: 2).prediction.classIndex == wanted { linearRight += 1 }
            }
            machine.learn(record)
            linear.learn(record)
        }
        #expect(right > 950)
        #expect(linearRight < 650)
    }

    /// FTRL's state tells each weight and factor and, by how much its sum of squares grows, its gradient.
    @Test(arguments: [twoClasses, Target.regression])
    func `gradients are those of finite differences`(target: Target) throws {
        let damping = 2.0
        let stepSize = 0.2
        let optimizer = FactorizationOptimizer.ftrl(stepSize: stepSize, damping: damping)
        func make() -> FactorizationMachine {
            FactorizationMachine(
                FactorizationMachineConfiguration(
                    shape: InputShape(dense: 3, sparse: 64), target: target, factors: 3, optimizer: optimizer,
                    initialDeviation: 0.5, targetScaling: .none))
        }
        var examples = sparseExamples(41, dense: 3, bits: 6, target: target, seed: 21)
        for index in examples.indices {
            if case .value(let value) = examples[index].label { examples[index].label = .value(value / 100) }
        }
        let record = examples[40]
        var machine = make()
        for example in examples { machine.learn(example) }
        let saved = machine.savedState
        machine.learn(record)
        let rows = try saved.floats("model/rows")
        let learned = try machine.savedState.floats("model/rows")
        let number = record.label.target ?? 0
        func loss(changing place: Int, by change: Float) throws -> Double {
            var changed = rows
            changed[place] += change
            var archive = saved
            archive.put("model/rows", floats: changed)
            var other = make()
            try other.restore(from: archive, under: "model")
            let score = other.answer(record, classes: target.classes.count).prediction.score
            guard target == .regression else { return -log(number > 0 ? score : 1 - score) }
            return (score - number) * (score - number) / 2
        }
        var compared = 0
        for place in stride(from: 0, to: rows.count, by: 2) where learned[place + 1] > rows[place + 1] {
            let change: Float = 0.02
            let slope =
                try (loss(changing: place, by: change) - loss(changing: place, by: -change)) / Double(2 * change)
            // A weight is its sum divided by this, the other way round.
            let divisor = (damping + Double(rows[place + 1].squareRoot())) / stepSize
            let expected = abs(slope * divisor)
            let found = Double(learned[place + 1] - rows[place + 1]).squareRoot()
            #expect(abs(found - expected) < 0.02 * max(expected, 0.05), "place \(place)")
            compared += 1
        }
        #expect(compared > 20)
    }

    @Test func `an update that makes the loss run away is refused, and steps become shorter`() throws {
        var machine = Setup(target: .regression, optimizer: .adagrad(stepSize: 1000), batch: 1).model()
        let examples = sparseExamples(2000, target: .regression, seed: 22)
        var lastLosses = 0.0
        for (index, example) in examples.enumerated() {
            let outcome = machine.learn(example)
            if index >= 1900 { lastLosses += outcome.loss }
        }
        let refused = machine.updatesRefused
        #expect(refused > 0)
        let factors = try machine.savedState.floats("model/step-factors")
        #expect(factors.allSatisfy { $0 < 1 })
        #expect(lastLosses.isFinite)
    }
}
