import OnlineLearning
import Records
import Testing

@Suite struct HoeffdingTreeTests {
    @Test(arguments: TreeSetup.all)
    func `predicting changes nothing`(setup: TreeSetup) {
        checkPredictingChangesNothing({ setup.tree() }, setup.records(300, seed: 1), classes: setup.classes)
        checkPredictingBeforeLearningMakesNoDifference(
            { setup.tree() }, setup.records(400, seed: 2), classes: setup.classes)
    }

    @Test(arguments: TreeSetup.all)
    func `the state comes back byte for byte and learns on the same`(setup: TreeSetup) throws {
        try checkStateComesBack({ setup.tree() }, setup.records(1000, seed: 3), classes: setup.classes)
    }

    @Test(arguments: TreeSetup.targets)
    func `the state comes back where leaves have lost their statistics`(setup: TreeSetup) throws {
        try checkStateComesBack({ setup.tree(bytes: 9000) }, setup.records(3000, seed: 4), classes: setup.classes)
    }

    @Test(arguments: TreeSetup.targets)
    func `equal records give equal bits`(setup: TreeSetup) {
        checkEqualRecordsGiveEqualBits({ setup.tree() }, setup.records(500, seed: 5))
        checkBatchesAreCutByWhatWasLearned({ setup.tree() }, setup.records(200, seed: 6))
    }

    @Test(arguments: TreeSetup.all)
    func `hostile values leave it finite and learning`(setup: TreeSetup) {
        checkHostileValuesLeaveItFiniteAndLearning(
            { setup.tree() }, setup.records(600, seed: 7), classes: setup.classes)
    }

    @Test(arguments: TreeSetup.targets)
    func `its memory is bounded, and a record allocates nothing once it is grown`(setup: TreeSetup) {
        let data = setup.records(3000, seed: 8) + setup.records(1000, seed: 9, turned: true)
        checkMemoryIsBounded({ setup.tree() }, data)
        checkNothingIsAllocated({ setup.tree() }, data, classes: setup.classes, warming: 3500)
    }

    @Test(arguments: TreeSetup.targets)
    func `forged states are refused or borne`(setup: TreeSetup) throws {
        try checkForgedStatesAreRefusedOrBorne(
            { setup.tree() }, setup.records(500, seed: 10), classes: setup.classes)
    }

    @Test(arguments: TreeSetup.all)
    func `it finds the corners of a rule`(setup: TreeSetup) {
        var tree = setup.tree()
        for record in setup.records(4000, seed: 11) { tree.learn(record) }
        let skill = setup.skill(tree, setup.records(1000, seed: 12))
        let nodes = tree.nodeCount
        #expect(nodes >= 7)
        #expect(skill > (setup.leaf == .model ? 0.8 : 0.86), "\(skill)")
    }

    @Test(arguments: TreeSetup.targets)
    func `with room for few leaves it goes on predicting with all of them`(setup: TreeSetup) {
        var tight = setup.tree(bytes: 0)
        for record in setup.records(6000, seed: 13) { tight.learn(record) }
        let skill = setup.skill(tight, setup.records(1000, seed: 14))
        let nodes = tight.nodeCount
        #expect(nodes > 5)
        #expect(skill > 0.8, "\(skill)")
    }

    @Test func `a record of weight three is learned as three records are`() {
        let setup = TreeSetup(target: threeClasses, leaf: .majority)
        var once = setup.tree(nodes: 1)
        var thrice = setup.tree(nodes: 1)
        for record in setup.records(60, seed: 15) {
            var heavy = record
            heavy.weight = 3
            once.learn(heavy)
            for _ in 0..<3 { thrice.learn(record) }
        }
        let probe = setup.records(1, seed: 16)[0]
        let (one, other) = (once.answer(probe, classes: 3), thrice.answer(probe, classes: 3))
        #expect(one == other)
    }
}
