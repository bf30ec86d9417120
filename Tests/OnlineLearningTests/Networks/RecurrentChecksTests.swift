import OnlineLearning
import Records
import TestSupport
import Testing

/// The checks of every learner, for recurrent networks of every cell and target, with and without batches.
@Suite struct RecurrentChecksTests {
    struct Setup: CustomTestStringConvertible {
        var cell: RecurrentCell
        var classes: Int
        var batch: Int
        var truncation: Int?

        var testDescription: String { "\(cell), \(classes) classes, batch \(batch)" }

        func make() -> RecurrentModel {
            _ = oneThread
            let classes = (0..<classes).map { ClassName.number(Double($0), spelling: "\($0)") }
            let target: Target =
                switch classes.count {
                case 0: .regression
                case 2: .binary(classes: classes)
                default: .multiclass(classes: classes)
                }
            return RecurrentModel(
                RecurrentConfiguration(
                    cell: cell, inputs: InputShape(dense: 3, steps: 8), target: target, hidden: 5,
                    truncation: truncation, batch: batch))
        }

        /// Sequences of 1 to 10 steps: some are longer than the model takes.
        func data(_ count: Int, seed: UInt64) -> [LearnerExample] {
            var generator = SplitMix64(seed: seed)
            return (0..<count).map { _ in
                let steps = Int.random(in: 1...10, using: &generator)
                let x = (0..<steps * 3).map { _ in Float.random(in: -2...2, using: &generator) }
                let value = Double(x[x.count - 3] + x[x.count - 1])
                let label = classes == 0 ? Label.value(value) : .classIndex(min(max(Int(value + 1), 0), classes - 1))
                return LearnerExample(dense: x, steps: steps, label: label)
            }
        }

        static let all = RecurrentCell.allCases.flatMap { cell in
            [
                Setup(cell: cell, classes: 0, batch: 1), Setup(cell: cell, classes: 3, batch: 1),
                Setup(cell: cell, classes: 2, batch: 7), Setup(cell: cell, classes: 0, batch: 4, truncation: 2),
            ]
        }
    }

    @Test(arguments: Setup.all)
    func `predicting changes nothing`(setup: Setup) {
        checkPredictingChangesNothing(setup.make, setup.data(60, seed: 1), classes: setup.classes)
    }

    @Test(arguments: Setup.all)
    func `having been asked makes no difference to what is learned`(setup: Setup) {
        checkPredictingBeforeLearningMakesNoDifference(setup.make, setup.data(60, seed: 2), classes: setup.classes)
    }

    @Test(arguments: Setup.all)
    func `the state comes back byte for byte and learns on the same`(setup: Setup) throws {
        try checkStateComesBack(setup.make, setup.data(120, seed: 3), classes: setup.classes)
    }

    @Test(arguments: Setup.all)
    func `equal records give equal bits`(setup: Setup) {
        checkEqualRecordsGiveEqualBits(setup.make, setup.data(60, seed: 4))
    }

    @Test(arguments: Setup.all)
    func `batches are cut by what was learned`(setup: Setup) {
        checkBatchesAreCutByWhatWasLearned(setup.make, setup.data(40, seed: 5))
    }

    @Test(arguments: Setup.all)
    func `hostile values leave it finite and still learning`(setup: Setup) {
        checkHostileValuesLeaveItFiniteAndLearning(setup.make, setup.data(120, seed: 6), classes: setup.classes)
    }

    @Test(arguments: Setup.all)
    func `memory stays bounded`(setup: Setup) {
        checkMemoryIsBounded(setup.make, setup.data(7 * 4 * 3, seed: 7), passes: 3)
    }

    @Test(arguments: Setup.all)
    func `a record allocates nothing`(setup: Setup) {
        checkNothingIsAllocated(setup.make, setup.data(100, seed: 8), classes: setup.classes, warming: 8)
    }

    @Test(arguments: Setup.all)
    func `a forged state is refused or borne`(setup: Setup) throws {
        try checkForgedStatesAreRefusedOrBorne(setup.make, setup.data(31, seed: 9), classes: setup.classes)
    }

    @Test(arguments: RecurrentCell.allCases)
    func `a sequence without steps, or of part of a step, is refused`(cell: RecurrentCell) {
        var model = Setup(cell: cell, classes: 0, batch: 1).make()
        for (count, steps) in [(0, 0), (4, 1), (3, 2), (6, -1)] {
            let bad = LearnerExample(dense: [Float](repeating: 1, count: count), steps: steps, label: .value(1))
            let answer = model.answer(bad, classes: 0)
            #expect(answer.isFinite)
            #expect(model.learn(bad).result == .refused)
        }
    }

    @Test(arguments: RecurrentCell.allCases)
    func `of a sequence that is too long the last steps count`(cell: RecurrentCell) {
        let model = Setup(cell: cell, classes: 0, batch: 1).make()
        let long = (0..<33).map { Float($0) / 33 }
        let whole = LearnerExample(dense: long, steps: 11, label: .absent)
        let end = LearnerExample(dense: Array(long.suffix(24)), steps: 8, label: .absent)
        let answers = (model.answer(whole, classes: 0), model.answer(end, classes: 0))
        #expect(answers.0 == answers.1)
    }
}
