import OnlineLearning
import Records
import Testing

@Suite struct StackingEnsembleTests {
    /// A tree that can grow, and one that can't.
    private func ensemble(_ setup: TreeSetup) -> StackingEnsemble<HoeffdingTree> {
        StackingEnsemble(StackingConfiguration(target: setup.target, members: 2)) { index in
            var setup = setup
            setup.leaf = .majority
            return setup.tree(nodes: index == 0 ? 31 : 1)
        }
    }

    @Test(arguments: TreeSetup.targets)
    func `it passes the checks of every learner`(setup: TreeSetup) throws {
        let data = setup.records(400, seed: 1)
        checkPredictingChangesNothing({ ensemble(setup) }, data, classes: setup.classes)
        checkPredictingBeforeLearningMakesNoDifference({ ensemble(setup) }, data, classes: setup.classes)
        try checkStateComesBack({ ensemble(setup) }, data, classes: setup.classes)
        checkEqualRecordsGiveEqualBits({ ensemble(setup) }, data)
        checkBatchesAreCutByWhatWasLearned({ ensemble(setup) }, data)
        checkHostileValuesLeaveItFiniteAndLearning({ ensemble(setup) }, data, classes: setup.classes)
        checkNothingIsAllocated(
            { ensemble(setup) }, setup.records(4000, seed: 2), classes: setup.classes, warming: 3500)
    }

    @Test(arguments: TreeSetup.targets)
    func `forged states are refused or borne`(setup: TreeSetup) throws {
        try checkForgedStatesAreRefusedOrBorne({ ensemble(setup) }, setup.records(80, seed: 3), classes: setup.classes)
    }

    @Test(arguments: TreeSetup.targets)
    func `the member that predicts better gets the weight`(setup: TreeSetup) {
        var stacking = ensemble(setup)
        let before = stacking.weight(of: 0)
        for record in setup.records(3000, seed: 4) { stacking.learn(record) }
        let (better, worse) = (stacking.weight(of: 0), stacking.weight(of: 1))
        #expect(before == 0.5)
        #expect(better > 0.9 && abs(better + worse - 1) < 1e-12)
        // The share that goes back to all keeps the other one in reach.
        #expect(worse >= 0.0005)
        let skill = setup.skill(stacking, setup.records(500, seed: 5))
        #expect(skill > 0.8, "\(skill)")
    }
}
