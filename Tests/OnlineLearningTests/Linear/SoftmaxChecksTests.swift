import OnlineLearning
import Records
import Testing

let fourClasses = Target.multiclass(classes: [.text("A"), .text("B"), .text("C"), .text("D")])

/// Examples of four classes, each around a centre of its own.
func classedExamples(_ count: Int, features: Int, seed: UInt64) -> [LearnerExample] {
    let data = examples(count, features: features, target: .regression, seed: seed)
    return data.map { example in
        let index = (example.x[0] > 0 ? 2 : 0) + (example.x[1] + 0.3 * example.x[2] > 0 ? 1 : 0)
        return LearnerExample(dense: example.x, label: .classIndex(index))
    }
}

/// The checks that every learner passes, for the softmax models.
@Suite struct SoftmaxChecksTests {
    struct Setup: CustomTestStringConvertible {
        var optimizer: OptimizerKind
        var batch: Int
        var testDescription: String { "\(optimizer) batch \(batch)" }

        func make() -> SoftmaxModel {
            SoftmaxModel(
                SoftmaxConfiguration(
                    featureCount: 9, target: fourClasses,
                    optimizer: OptimizerConfiguration(kind: optimizer, l1: 1e-4, l2: 1e-3), batch: batch))
        }

        static let all = OptimizerKind.allCases.flatMap { kind in [1, 7].map { Setup(optimizer: kind, batch: $0) } }
    }

    private func check<Learner: OnlineLearner & ~Copyable>(_ make: () -> Learner) throws {
        let data = classedExamples(300, features: 9, seed: 61)
        checkPredictingChangesNothing(make, data, classes: 4)
        checkPredictingBeforeLearningMakesNoDifference(make, data, classes: 4)
        try checkStateComesBack(make, data, classes: 4)
        checkEqualRecordsGiveEqualBits(make, data)
        checkBatchesAreCutByWhatWasLearned(make, Array(data[..<60]))
        checkHostileValuesLeaveItFiniteAndLearning(make, data, classes: 4)
        checkMemoryIsBounded(make, data)
        checkNothingIsAllocated(make, data, classes: 4)
        try checkForgedStatesAreRefusedOrBorne(make, Array(data[..<40]), classes: 4)
    }

    @Test(arguments: Setup.all)
    func `a softmax model passes the checks of all learners`(setup: Setup) throws { try check(setup.make) }

    @Test(arguments: [1, 7])
    func `an adaptive softmax model passes the checks of all learners`(batch: Int) throws {
        try check {
            AdaptiveSoftmaxModel(AdaptiveSoftmaxConfiguration(featureCount: 9, target: fourClasses, batch: batch))
        }
    }
}
