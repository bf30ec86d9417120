import OnlineLearning
import Records
import Testing

@Suite struct AdaptiveRandomForestTests {
    @Test(arguments: TreeSetup.targets)
    func `predicting changes nothing`(setup: TreeSetup) {
        checkPredictingChangesNothing({ setup.forest() }, setup.records(300, seed: 1), classes: setup.classes)
        checkPredictingBeforeLearningMakesNoDifference(
            { setup.forest() }, setup.records(300, seed: 2), classes: setup.classes)
    }

    @Test(arguments: TreeSetup.targets)
    func `the state comes back byte for byte and learns on the same, with successors that grow`(setup: TreeSetup) throws
    {
        let data = setup.records(600, seed: 3) + setup.records(600, seed: 4, turned: true)
        var forest = setup.forest()
        var grown: Int?
        for (index, record) in data.enumerated() where grown == nil {
            forest.learn(record)
            let state = forest.savedState
            let grows = (0..<3).contains { state["model/\($0)/has-successor"]?.bytes == [1] }
            if index > 100 && grows { grown = index }
        }
        let half = try #require(grown, "no tree has grown a successor")
        try checkStateComesBack(
            { setup.forest() }, Array((data + data)[..<(2 * half + 1)]), classes: setup.classes)
    }

    @Test(arguments: TreeSetup.targets)
    func `equal records give equal bits, and another seed gives others`(setup: TreeSetup) {
        let data = setup.records(300, seed: 5)
        checkEqualRecordsGiveEqualBits({ setup.forest() }, data)
        checkBatchesAreCutByWhatWasLearned({ setup.forest() }, setup.records(200, seed: 6))
        var one = setup.forest()
        var other = setup.forest(seed: 7)
        for record in data {
            one.learn(record)
            other.learn(record)
        }
        let (left, right) = (one.savedState, other.savedState)
        #expect(left != right)
    }

    @Test(arguments: TreeSetup.targets)
    func `hostile values leave it finite and learning`(setup: TreeSetup) {
        checkHostileValuesLeaveItFiniteAndLearning(
            { setup.forest() }, setup.records(400, seed: 8), classes: setup.classes)
    }

    @Test(arguments: TreeSetup.targets)
    func `its memory is bounded over a stream that turns again and again`(setup: TreeSetup) {
        let data = (0..<6).flatMap { setup.records(400, seed: UInt64(20 + $0), turned: $0 % 2 == 1) }
        // A tree of 15 nodes has 8 leaves; twice three trees, and what watches them.
        let leaf = 8 * (40 + 4 * 98 + 4 * 3 + 40)
        checkMemoryIsBounded({ setup.forest() }, data, passes: 3, limit: 2 * 3 * 8 * leaf + 60_000)
    }

    @Test(arguments: TreeSetup.targets)
    func `a record allocates nothing once the trees are grown`(setup: TreeSetup) {
        checkNothingIsAllocated(
            { setup.forest(isWatched: false) }, setup.records(4000, seed: 14), classes: setup.classes, warming: 3500)
    }

    @Test func `however sharply votes are weighed, there is a prediction`() {
        for setup in TreeSetup.targets {
            var forest = AdaptiveRandomForest(
                AdaptiveRandomForestConfiguration(inputCount: 4, target: setup.target, trees: 3, sharpness: 1e6))
            for record in setup.records(300, seed: 15) {
                let answer = forest.answer(record, classes: setup.classes)
                let loss = forest.learn(record).loss
                #expect(answer.isFinite && loss.isFinite)
            }
        }
    }

    @Test(arguments: TreeSetup.targets)
    func `forged states are refused or borne`(setup: TreeSetup) throws {
        try checkForgedStatesAreRefusedOrBorne(
            { setup.forest(trees: 2) }, setup.records(80, seed: 9), classes: setup.classes)
    }

    @Test(arguments: TreeSetup.targets)
    func `it learns a rule, and another one after it turned`(setup: TreeSetup) {
        var forest = setup.forest()
        for record in setup.records(2000, seed: 10) { forest.learn(record) }
        let before = setup.skill(forest, setup.records(500, seed: 11))
        for record in setup.records(2000, seed: 12, turned: true) { forest.learn(record) }
        let after = setup.skill(forest, setup.records(500, seed: 13, turned: true))
        let least = setup.classes > 0 ? 0.85 : 0.7
        #expect(before > least && after > least, "\(before) \(after)")
    }
}
