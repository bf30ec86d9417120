import OnlineLearning
import Records
import Testing

/// All checks that a learner of dense and sparse coordinates passes: those of every learner, and that it refuses what isn't
/// sound, and that repeated indexes add up.
/// - Parameters:
///   - make: a model of 4 dense values and 256 sparse coordinates.
///   - warming: records after which its memory has stopped growing.
func checkSparseLearner<Learner: OnlineLearner & ~Copyable>(
    _ target: Target, _ make: () -> Learner, warming: Int = 100, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let classes = target.classes.count
    let data = sparseExamples(300, target: target, seed: 1)
    checkPredictingChangesNothing(make, data, classes: classes, sourceLocation: sourceLocation)
    checkPredictingBeforeLearningMakesNoDifference(make, data, classes: classes, sourceLocation: sourceLocation)
    try checkStateComesBack(make, data, classes: classes, sourceLocation: sourceLocation)
    checkEqualRecordsGiveEqualBits(make, data, sourceLocation: sourceLocation)
    checkBatchesAreCutByWhatWasLearned(make, data, sourceLocation: sourceLocation)
    checkHostileValuesLeaveItFiniteAndLearning(make, data, classes: classes, sourceLocation: sourceLocation)
    checkMemoryIsBounded(make, data, limit: 1 << 20, sourceLocation: sourceLocation)
    checkNothingIsAllocated(make, data, classes: classes, warming: warming, sourceLocation: sourceLocation)
    try checkForgedStatesAreRefusedOrBorne(make, Array(data[..<100]), classes: classes, sourceLocation: sourceLocation)
    checkUnsoundRecordsLeaveNoTrace(make, data, classes: classes, sourceLocation: sourceLocation)
    try checkHugeAndTinyRecordsLeaveItFinite(make, data, classes: classes, sourceLocation: sourceLocation)
    checkRepeatedIndexesAddUp(make, data, classes: classes, sourceLocation: sourceLocation)
}

/// Unsound inputs, labels and weights are refused and change nothing but the count of refusals.
func checkUnsoundRecordsLeaveNoTrace<Learner: OnlineLearner & ~Copyable>(
    _ make: () -> Learner, _ data: [LearnerExample], classes: Int, sourceLocation: SourceLocation = #_sourceLocation
) {
    var learner = make()
    for example in data { learner.learn(example) }
    var bad: [LearnerExample] = []
    for value in [Float.nan, .infinity, -.infinity, 3e38] {
        for place in data[0].dense.indices {
            bad.append(data[0])
            bad[bad.count - 1].dense[place] = value
        }
        for place in data[1].sparse.indices {
            bad.append(data[1])
            bad[bad.count - 1].sparse[place].value = value
        }
    }
    var outside = data[2]
    outside.sparse[0].index = .max
    bad.append(outside)
    var opposite = data[2]
    opposite.sparse += [SparseValue(index: 3, value: .infinity), SparseValue(index: 3, value: -.infinity)]
    bad.append(opposite)
    var short = data[3]
    short.dense.removeLast()
    bad.append(short)
    for weight in [Double.nan, .infinity, -1] {
        var one = data[0]
        one.weight = weight
        bad.append(one)
    }
    let before = learner.savedState
    let refused = learner.updatesRefused
    for example in bad {
        #expect(learner.answer(example, classes: classes).isFinite, sourceLocation: sourceLocation)
        let outcome = learner.learn(example)
        #expect(outcome == LearningOutcome(loss: 0, result: .refused), "\(example)", sourceLocation: sourceLocation)
    }
    let found = learner.updatesRefused
    #expect(found == refused + UInt64(bad.count), sourceLocation: sourceLocation)
    let after = learner.savedState
    for name in before.names where !name.hasSuffix("/counters") {
        #expect(after[name] == before[name], "\(name)", sourceLocation: sourceLocation)
    }
}

func checkRepeatedIndexesAddUp<Learner: OnlineLearner & ~Copyable>(
    _ make: () -> Learner, _ data: [LearnerExample], classes: Int, sourceLocation: SourceLocation = #_sourceLocation
) {
    var whole = make()
    var parts = make()
    for example in data {
        var once = example
        once.sparse[0].value = 3
        var split = once
        split.sparse[0].value = 1
        split.sparse.append(SparseValue(index: split.sparse[0].index, value: 2))
        whole.learn(once)
        parts.learn(split)
        let (one, other) = (whole.answer(once, classes: classes), parts.answer(split, classes: classes))
        let difference = abs(one.prediction.score - other.prediction.score)
        #expect(difference < 1e-3 * max(1, abs(one.prediction.score)), sourceLocation: sourceLocation)
    }
}

/// Weights and values at the ends of what is accepted, several in one batch: whatever is learned of them, the state stays one that
/// a snapshot can hold.
func checkHugeAndTinyRecordsLeaveItFinite<Learner: OnlineLearner & ~Copyable>(
    _ make: () -> Learner, _ data: [LearnerExample], classes: Int, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    var learner = make()
    var index = 0
    for weight in [1e-300, 1e-30, 1e19, 1e29, 1e30, 1e31, 1e300] {
        for value in [Float(1e-38), 1e-20, 1e5, 1e6] {
            var example = data[index % data.count]
            index += 1
            example.weight = weight
            for place in example.dense.indices { example.dense[place] *= value }
            for place in example.sparse.indices { example.sparse[place].value = value }
            let outcome = learner.learn(example)
            #expect(outcome.loss.isFinite, "weight \(weight) value \(value)", sourceLocation: sourceLocation)
            let saved = learner.savedState
            #expect(saved.isFinite, "weight \(weight) value \(value)", sourceLocation: sourceLocation)
            var restored = make()
            try restored.restore(from: saved, under: "model")
            let answer = learner.answer(data[index % data.count], classes: classes)
            #expect(answer.isFinite, "weight \(weight) value \(value)", sourceLocation: sourceLocation)
        }
    }
    var updates = 0
    for example in data where learner.learn(example).result == .updated { updates += 1 }
    #expect(updates > 0, sourceLocation: sourceLocation)
}
