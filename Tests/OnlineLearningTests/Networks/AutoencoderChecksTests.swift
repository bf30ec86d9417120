import OnlineLearning
import Records
import TestSupport
import Testing

/// The checks of every learner, for the variational autoencoder with and without batches.
@Suite struct AutoencoderChecksTests {
    static let batches = [1, 7]

    private func make(_ batch: Int) -> VariationalAutoencoder {
        _ = oneThread
        return VariationalAutoencoder(
            AutoencoderConfiguration(inputs: InputShape(dense: 6), hidden: [9, 5], latent: 2, batch: batch))
    }

    /// Records that two numbers tell, and noise.
    private func data(_ count: Int, seed: UInt64) -> [LearnerExample] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            let (a, b) = (
                Float.random(in: -1...1, using: &generator), Float.random(in: -1...1, using: &generator)
            )
            let x = [a, b, a + b, a - b, -a, 2 * b].map { $0 + Float.random(in: -0.1...0.1, using: &generator) }
            return LearnerExample(dense: x, label: .absent)
        }
    }

    @Test(arguments: batches)
    func `predicting changes nothing`(batch: Int) {
        checkPredictingChangesNothing({ make(batch) }, data(60, seed: 1), classes: 0)
    }

    @Test(arguments: batches)
    func `having been asked makes no difference to what is learned`(batch: Int) {
        checkPredictingBeforeLearningMakesNoDifference({ make(batch) }, data(60, seed: 2), classes: 0)
    }

    @Test(arguments: batches)
    func `the state comes back byte for byte and learns on the same`(batch: Int) throws {
        try checkStateComesBack({ make(batch) }, data(120, seed: 3), classes: 0)
    }

    @Test(arguments: batches)
    func `equal records give equal bits`(batch: Int) {
        checkEqualRecordsGiveEqualBits({ make(batch) }, data(60, seed: 4))
    }

    @Test(arguments: batches)
    func `records of weight 0 leave no trace`(batch: Int) {
        checkBatchesAreCutByWhatWasLearned({ make(batch) }, data(40, seed: 5), isLabelled: false)
    }

    @Test(arguments: batches)
    func `hostile values leave it finite and still learning`(batch: Int) {
        checkHostileValuesLeaveItFiniteAndLearning(
            { make(batch) }, data(120, seed: 6), classes: 0, isLabelled: false)
    }

    @Test(arguments: batches)
    func `memory stays bounded`(batch: Int) {
        checkMemoryIsBounded({ make(batch) }, data(63, seed: 7), passes: 3)
    }

    @Test(arguments: batches)
    func `a record allocates nothing`(batch: Int) {
        checkNothingIsAllocated({ make(batch) }, data(100, seed: 8), classes: 0, warming: 8)
    }

    @Test(arguments: batches)
    func `a forged state is refused or borne`(batch: Int) throws {
        try checkForgedStatesAreRefusedOrBorne({ make(batch) }, data(31, seed: 9), classes: 0)
    }

    @Test func `labels make no difference`() {
        var plain = make(1)
        var labelled = make(1)
        for var example in data(50, seed: 10) {
            plain.learn(example)
            example.label = .classIndex(1)
            labelled.learn(example)
        }
        let states = (plain.savedState, labelled.savedState)
        #expect(states.0 == states.1)
    }

    @Test func `what breaks the rule scores above the threshold, what keeps it below`() {
        var model = make(1)
        #expect(model.threshold == .infinity)
        for example in data(8000, seed: 11) { model.learn(example) }
        let usual = data(500, seed: 12)
        let below = usual.filter { model.answer($0, classes: 0).prediction.score <= model.threshold }
        #expect(below.count > 430)
        let broken = usual.map { example in
            var turned = example
            turned.dense[2] += 3
            turned.dense[4] += 3
            return turned
        }
        let above = broken.filter { model.answer($0, classes: 0).prediction.score > model.threshold }
        #expect(above.count > 480)
    }
}
