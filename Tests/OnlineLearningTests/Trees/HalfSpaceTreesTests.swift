import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct HalfSpaceTreesTests {
    private static func learner() -> HalfSpaceTrees {
        HalfSpaceTrees(HalfSpaceTreesConfiguration(inputCount: 5, trees: 7, height: 6, window: 50))
    }

    /// Records in the middle, and as many as `outliers` says at the border.
    private static func records(_ count: Int, outliers: Int = 0, seed: UInt64) -> [LearnerExample] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { index in
            let isOutlier = outliers > 0 && index % (count / outliers) == count / outliers - 1
            let x = (0..<5).map { _ in
                isOutlier ? Float.random(in: 0.9...1, using: &generator) : .random(in: 0.3...0.5, using: &generator)
            }
            return LearnerExample(dense: x, label: .classIndex(isOutlier ? 1 : 0))
        }
    }

    @Test func `predicting changes nothing`() {
        checkPredictingChangesNothing(Self.learner, Self.records(170, seed: 1), classes: 0)
        checkPredictingBeforeLearningMakesNoDifference(Self.learner, Self.records(200, seed: 2), classes: 0)
    }

    @Test func `the state comes back byte for byte and learns on the same`() throws {
        try checkStateComesBack(Self.learner, Self.records(333, outliers: 10, seed: 3), classes: 0)
    }

    @Test func `equal records give equal bits, and another seed gives others`() {
        checkEqualRecordsGiveEqualBits(Self.learner, Self.records(200, seed: 4))
        var one = Self.learner()
        var other = HalfSpaceTrees(HalfSpaceTreesConfiguration(inputCount: 5, trees: 7, height: 6, window: 50, seed: 7))
        for record in Self.records(200, seed: 4) {
            one.learn(record)
            other.learn(record)
        }
        let (left, right) = (one.savedState, other.savedState)
        #expect(left != right)
    }

    @Test func `records of no weight leave no trace`() {
        checkBatchesAreCutByWhatWasLearned(Self.learner, Self.records(170, seed: 5), isLabelled: false)
    }

    @Test func `hostile values leave it finite and learning`() {
        checkHostileValuesLeaveItFiniteAndLearning(
            Self.learner, Self.records(300, seed: 6), classes: 0, isLabelled: false)
    }

    @Test func `its memory is fixed and a record allocates nothing`() {
        checkMemoryIsBounded(Self.learner, Self.records(500, seed: 7))
        checkNothingIsAllocated(Self.learner, Self.records(500, seed: 8), classes: 0)
    }

    @Test func `forged states are refused or borne`() throws {
        try checkForgedStatesAreRefusedOrBorne(Self.learner, Self.records(170, seed: 9), classes: 0)
    }

    @Test func `what lies far from all others scores higher, and above the threshold`() {
        var trees = HalfSpaceTrees(HalfSpaceTreesConfiguration(inputCount: 5))
        var outliers: [Double] = []
        var usual: [Double] = []
        for (index, record) in Self.records(4000, outliers: 20, seed: 10).enumerated() {
            let score = trees.answer(record, classes: 0).prediction.score
            if index >= 1000 {
                if record.label == .classIndex(1) { outliers.append(score) } else { usual.append(score) }
            }
            trees.learn(record)
        }
        let (lowest, threshold) = (outliers.min() ?? 0, trees.threshold)
        let highest = usual.max() ?? 1
        #expect(outliers.count == 15)
        #expect(lowest > highest)
        #expect(outliers.allSatisfy { $0 > threshold })
        let above = usual.filter { $0 > threshold }.count
        #expect(above < usual.count / 50)
    }

    @Test func `a place that is no longer visited becomes unusual`() {
        var trees = HalfSpaceTrees(HalfSpaceTreesConfiguration(inputCount: 5))
        let old = Self.records(1000, seed: 11)
        for record in old { trees.learn(record) }
        let before = trees.answer(old[0], classes: 0).prediction.score
        for record in old {
            var moved = record
            for index in moved.dense.indices { moved.dense[index] += 0.45 }
            trees.learn(moved)
        }
        let after = trees.answer(old[0], classes: 0).prediction.score
        #expect(after > 2 * before)
    }

    @Test func `before the first records every score is the middle`() {
        let trees = Self.learner()
        #expect(trees.answer(Self.records(1, seed: 12)[0], classes: 0).prediction.score == 0.5)
    }
}
