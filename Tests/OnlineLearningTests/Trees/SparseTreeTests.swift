import OnlineLearning
import Records
import TestSupport
import Testing

/// Categories come to trees as sparse coordinates.
@Suite struct SparseTreeTests {
    /// A number that says nothing, and a category of twelve of which two tell the class.
    private func records(_ count: Int, seed: UInt64) -> [LearnerExample] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            let category = UInt32.random(in: 0..<12, using: &generator)
            return LearnerExample(
                dense: [.random(in: -1...1, using: &generator)], sparse: [SparseValue(index: category, value: 1)],
                label: .classIndex(category == 3 || category == 7 ? 1 : 0))
        }
    }

    private func tree(inputs: Int) -> HoeffdingTree {
        HoeffdingTree(
            HoeffdingTreeConfiguration(
                inputCount: 1, sparseCount: 12, sparseInputs: inputs, target: twoClasses, gracePeriod: 50,
                splitConfidence: 0.01, leafPrediction: .majority))
    }

    private func tree() -> HoeffdingTree { tree(inputs: 64) }

    private func forest() -> AdaptiveRandomForest {
        AdaptiveRandomForest(
            AdaptiveRandomForestConfiguration(inputCount: 1, sparseCount: 12, target: twoClasses, trees: 3))
    }

    private func half() -> HalfSpaceTrees {
        HalfSpaceTrees(
            HalfSpaceTreesConfiguration(inputCount: 1, sparseCount: 12, trees: 10, height: 5, window: 50))
    }

    @Test func `they pass the checks of every learner`() throws {
        let data = records(400, seed: 1)
        checkPredictingBeforeLearningMakesNoDifference(tree, data, classes: 2)
        checkPredictingBeforeLearningMakesNoDifference(forest, data, classes: 2)
        checkPredictingBeforeLearningMakesNoDifference(half, data, classes: 0)
        try checkStateComesBack(tree, data, classes: 2)
        try checkStateComesBack(forest, data, classes: 2)
        try checkStateComesBack(half, data, classes: 0)
        checkHostileValuesLeaveItFiniteAndLearning(tree, data, classes: 2)
        checkHostileValuesLeaveItFiniteAndLearning(forest, data, classes: 2)
        checkHostileValuesLeaveItFiniteAndLearning(half, data, classes: 0, isLabelled: false)
        checkNothingIsAllocated(tree, records(6000, seed: 2), classes: 2, warming: 5000)
    }

    @Test func `a tree splits by the categories that tell the class`() {
        var tree = tree()
        for record in records(3000, seed: 3) { tree.learn(record) }
        let skill = TreeSetup(target: twoClasses).skill(tree, records(500, seed: 4))
        #expect(skill == 1)
    }

    @Test func `coordinates that share an input add up`() {
        var shared = tree(inputs: 4)
        for record in records(3000, seed: 5) { shared.learn(record) }
        // 3, 7 and 11 share one: two of the three are of class 1.
        let probe = records(500, seed: 6)
        let answers = probe.map { shared.answer($0, classes: 2).prediction.classIndex }
        for (record, answer) in zip(probe, answers) { #expect(answer == (record.sparse[0].index % 4 == 3 ? 1 : 0)) }
    }
}
