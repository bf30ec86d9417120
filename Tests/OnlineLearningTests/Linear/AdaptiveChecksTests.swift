import OnlineLearning
import Records
import Testing

/// The checks that every learner passes, for the adaptive linear model under every loss and size of batch.
@Suite struct AdaptiveChecksTests {
    struct Setup: CustomTestStringConvertible {
        var loss: LossKind
        var batch: Int
        var products: Int
        var target: Target { loss.isForClasses ? twoClasses : .regression }
        var classes: Int { loss.isForClasses ? 2 : 0 }
        var testDescription: String { "\(loss) batch \(batch) products up to \(products)" }

        func make() -> AdaptiveLinearModel {
            AdaptiveLinearModel(
                AdaptiveLinearConfiguration(
                    featureCount: 7, target: target, loss: loss, batch: batch, productsUpTo: products))
        }

        func data(_ count: Int = 300, seed: UInt64) -> [LearnerExample] {
            examples(count, features: 7, loss: loss, seed: seed).map(LearnerExample.init)
        }

        static let all = LossKind.allCases.flatMap { loss in
            [(1, 7), (1, 0), (6, 7)].map { Setup(loss: loss, batch: $0.0, products: $0.1) }
        }
    }

    @Test(arguments: Setup.all)
    func `predicting changes nothing, and makes no difference to learning`(setup: Setup) {
        checkPredictingChangesNothing(setup.make, setup.data(seed: 31), classes: setup.classes)
        checkPredictingBeforeLearningMakesNoDifference(setup.make, setup.data(seed: 32), classes: setup.classes)
    }

    @Test(arguments: Setup.all)
    func `the state comes back byte for byte and learns on the same`(setup: Setup) throws {
        try checkStateComesBack(setup.make, setup.data(seed: 33), classes: setup.classes)
    }

    @Test(arguments: Setup.all)
    func `equal records give equal bits`(setup: Setup) {
        checkEqualRecordsGiveEqualBits(setup.make, setup.data(seed: 34))
    }

    @Test(arguments: Setup.all)
    func `borders of batches are cut by what was learned`(setup: Setup) {
        checkBatchesAreCutByWhatWasLearned(setup.make, setup.data(60, seed: 35))
    }

    @Test(arguments: Setup.all)
    func `hostile values leave it finite and learning`(setup: Setup) {
        checkHostileValuesLeaveItFiniteAndLearning(setup.make, setup.data(seed: 36), classes: setup.classes)
    }

    @Test(arguments: Setup.all)
    func `memory is bounded and nothing is allocated`(setup: Setup) {
        checkMemoryIsBounded(setup.make, setup.data(100, seed: 37))
        checkNothingIsAllocated(setup.make, setup.data(seed: 38), classes: setup.classes)
    }

    @Test(arguments: Setup.all)
    func `forged states are refused or borne`(setup: Setup) throws {
        try checkForgedStatesAreRefusedOrBorne(setup.make, setup.data(40, seed: 39), classes: setup.classes)
    }
}
