import OnlineLearning
import Records
import Testing

@Suite struct BaggingEnsembleTests {
    private func ensemble(_ setup: TreeSetup, driftDelta: Double = 0.05) -> BaggingEnsemble<HoeffdingTree> {
        BaggingEnsemble(BaggingConfiguration(target: setup.target, members: 3, driftDelta: driftDelta)) { _ in
            setup.tree(nodes: 15)
        }
    }

    @Test(arguments: TreeSetup.targets)
    func `it passes the checks of every learner`(setup: TreeSetup) throws {
        let data = setup.records(300, seed: 1) + setup.records(300, seed: 2, turned: true)
        checkPredictingChangesNothing({ ensemble(setup) }, data, classes: setup.classes)
        checkPredictingBeforeLearningMakesNoDifference({ ensemble(setup) }, data, classes: setup.classes)
        try checkStateComesBack({ ensemble(setup) }, data, classes: setup.classes)
        checkEqualRecordsGiveEqualBits({ ensemble(setup) }, data)
        checkBatchesAreCutByWhatWasLearned({ ensemble(setup) }, data)
        checkHostileValuesLeaveItFiniteAndLearning({ ensemble(setup) }, data, classes: setup.classes)
    }

    @Test(arguments: TreeSetup.targets)
    func `forged states are refused or borne`(setup: TreeSetup) throws {
        try checkForgedStatesAreRefusedOrBorne({ ensemble(setup) }, setup.records(80, seed: 3), classes: setup.classes)
    }

    @Test(arguments: TreeSetup.targets)
    func `a record allocates nothing once the members are grown`(setup: TreeSetup) {
        checkNothingIsAllocated(
            { ensemble(setup, driftDelta: 0) }, setup.records(4000, seed: 4), classes: setup.classes, warming: 3500)
    }

    @Test func `members learn different samples of the stream`() {
        let setup = TreeSetup(target: threeClasses)
        var bagging = ensemble(setup)
        for record in setup.records(100, seed: 5) { bagging.learn(record) }
        let state = bagging.savedState
        let trees = (0..<3).map { state["model/\($0)/tree/summaries"] }
        #expect(trees[0] != trees[1] && trees[1] != trees[2] && trees[0] != trees[2])
    }

    @Test func `after the rule has turned it is right again sooner than without detectors`() {
        let setup = TreeSetup(target: twoClasses, leaf: .majority)
        var watched = ensemble(setup, driftDelta: 0.002)
        var unwatched = ensemble(setup, driftDelta: 0)
        for record in setup.records(3000, seed: 6) + setup.records(1500, seed: 7, turned: true) {
            watched.learn(record)
            unwatched.learn(record)
        }
        let probe = setup.records(500, seed: 8, turned: true)
        let (one, other) = (setup.skill(watched, probe), setup.skill(unwatched, probe))
        #expect(one > other + 0.1, "\(one) \(other)")
    }

    @Test func `it takes members without labels, too`() {
        var bagging = BaggingEnsemble(BaggingConfiguration(target: .unlabelled, members: 3, driftDelta: 0)) { index in
            HalfSpaceTrees(
                HalfSpaceTreesConfiguration(inputCount: 4, trees: 5, height: 5, window: 50, seed: UInt64(index)))
        }
        let setup = TreeSetup(target: .regression)
        for record in setup.records(300, seed: 9) { bagging.learn(record) }
        let usual = bagging.answer(setup.records(1, seed: 10)[0], classes: 0).prediction.score
        let far = LearnerExample(dense: [30, 30, -30, 30], label: .absent)
        let unusual = bagging.answer(far, classes: 0).prediction.score
        #expect(unusual > usual)
        #expect(bagging.recordsLearned == 300)
    }
}
