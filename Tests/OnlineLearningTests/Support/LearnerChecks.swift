import OnlineLearning
import Records
import TestSupport
import Testing

// The checks that every learner passes, whatever its kind: each takes how to make the learner, always the same one, and
// records that fit it.

func checkPredictingChangesNothing<Learner: OnlineLearner & ~Copyable>(
    _ make: () -> Learner, _ data: [LearnerExample], classes: Int, sourceLocation: SourceLocation = #_sourceLocation
) {
    var learner = make()
    var stamp: UInt64 = 0
    for example in data { learner.learn(example) }
    let before = learner.savedState
    let first = data.map { learner.answer($0, classes: classes) }
    let second = data.map { example in
        stamp += 1
        return learner.answer(example, classes: classes, stamp: stamp)
    }
    let after = learner.savedState
    #expect(after == before, sourceLocation: sourceLocation)
    #expect(first == second, sourceLocation: sourceLocation)
    for answer in first {
        #expect(answer.isFinite, sourceLocation: sourceLocation)
        guard classes > 0 else { continue }
        #expect(abs(answer.probabilities.reduce(0, +) - 1) < 1e-4, sourceLocation: sourceLocation)
        let isInRange = answer.probabilities.allSatisfy { $0 >= 0 && $0 <= 1 }
        #expect(isInRange && answer.prediction.classIndex < classes, sourceLocation: sourceLocation)
    }
}

/// Whether a record was predicted before it is learned, and under which stamp, makes no difference to what is learned.
func checkPredictingBeforeLearningMakesNoDifference<Learner: OnlineLearner & ~Copyable>(
    _ make: () -> Learner, _ data: [LearnerExample], classes: Int, sourceLocation: SourceLocation = #_sourceLocation
) {
    var silent = make()
    var asked = make()
    for (index, example) in data.enumerated() {
        let stamp = UInt64(index + 1)
        if index % 3 != 0 { _ = asked.answer(example, classes: classes, stamp: stamp) }
        if index % 5 == 0 { _ = asked.answer(data[data.count - 1 - index], classes: classes) }
        let (one, other) = (silent.learn(example), asked.learn(example, stamp: stamp))
        #expect(one == other, "record \(index)", sourceLocation: sourceLocation)
    }
    let (left, right) = (silent.savedState, asked.savedState)
    #expect(left == right, sourceLocation: sourceLocation)
}

func checkStateComesBack<Learner: OnlineLearner & ~Copyable>(
    _ make: () -> Learner, _ data: [LearnerExample], classes: Int, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let half = data.count / 2 + 1
    var learner = make()
    for example in data[..<half] { learner.learn(example) }
    var restored = make()
    try restored.restore(from: learner.savedState, under: "model")
    let (before, taken) = (learner.savedState, restored.savedState)
    #expect(taken == before, sourceLocation: sourceLocation)
    for example in data[half...] {
        let (one, other) = (learner.answer(example, classes: classes), restored.answer(example, classes: classes))
        #expect(one == other, sourceLocation: sourceLocation)
        let (learned, again) = (learner.learn(example), restored.learn(example))
        #expect(learned == again, sourceLocation: sourceLocation)
    }
    let (left, right) = (learner.savedState, restored.savedState)
    #expect(left == right, sourceLocation: sourceLocation)
    let counted = (learner.recordsLearned, restored.recordsLearned)
    #expect(counted.0 == counted.1 && counted.0 > 0, sourceLocation: sourceLocation)
}

func checkEqualRecordsGiveEqualBits<Learner: OnlineLearner & ~Copyable>(
    _ make: () -> Learner, _ data: [LearnerExample], sourceLocation: SourceLocation = #_sourceLocation
) {
    var one = make()
    var other = make()
    let untouched = make().savedState
    for example in data { one.learn(example) }
    for example in data { other.learn(example) }
    let (left, right) = (one.savedState, other.savedState)
    #expect(left == right, sourceLocation: sourceLocation)
    #expect(left != untouched, "it learned something", sourceLocation: sourceLocation)
}

/// Records without a label (where one is needed) or of weight 0 leave no trace, so they can't move a batch's border.
func checkBatchesAreCutByWhatWasLearned<Learner: OnlineLearner & ~Copyable>(
    _ make: () -> Learner, _ data: [LearnerExample], isLabelled: Bool = true,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    var plain = make()
    var interrupted = make()
    for example in data {
        plain.learn(example)
        var skipped = example
        skipped.weight = 0
        #expect(interrupted.learn(skipped).result == .skipped, sourceLocation: sourceLocation)
        if isLabelled {
            skipped.weight = 1
            skipped.label = .absent
            #expect(interrupted.learn(skipped).result == .skipped, sourceLocation: sourceLocation)
        }
        interrupted.learn(example)
    }
    let (left, right) = (plain.savedState, interrupted.savedState)
    #expect(left == right, sourceLocation: sourceLocation)
}

/// Values, labels and weights that no stream should hold: refused or borne, and the learner goes on.
func checkHostileValuesLeaveItFiniteAndLearning<Learner: OnlineLearner & ~Copyable>(
    _ make: () -> Learner, _ data: [LearnerExample], classes: Int, isLabelled: Bool = true,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let half = data.count / 2
    var learner = make()
    for example in data[..<half] { learner.learn(example) }
    for (index, value) in [Float.nan, .infinity, -.infinity, 3e38, -3e38, 1e30, 10_000].enumerated() {
        var bad = data[index]
        for place in bad.dense.indices where place % 3 == index % 3 { bad.dense[place] = value }
        for place in bad.sparse.indices { bad.sparse[place].value = value }
        let answer = learner.answer(bad, classes: classes)
        #expect(answer.isFinite, "\(value)", sourceLocation: sourceLocation)
        let outcome = learner.learn(bad)
        #expect(outcome.loss.isFinite, "\(value)", sourceLocation: sourceLocation)
        let state = learner.savedState
        #expect(state.isFinite, "\(value)", sourceLocation: sourceLocation)
    }
    if isLabelled {
        var labels = [Double.nan, .infinity, 1e300, -1e300].map { Label.value($0) }
        if classes > 0 { labels += [-1, classes, Int.max, Int.min].map { Label.classIndex($0) } }
        for label in labels {
            var bad = data[0]
            bad.label = label
            #expect(learner.learn(bad).result == .refused, "\(label)", sourceLocation: sourceLocation)
        }
    }
    for weight in [Double.nan, .infinity, -1] {
        var bad = data[0]
        bad.weight = weight
        #expect(learner.learn(bad).result == .refused, "weight \(weight)", sourceLocation: sourceLocation)
    }
    let refused = learner.updatesRefused
    #expect(refused > 0, sourceLocation: sourceLocation)
    let before = learner.savedState
    var updates = 0
    for example in data[half...] {
        let answer = learner.answer(example, classes: classes)
        #expect(answer.isFinite, sourceLocation: sourceLocation)
        if learner.learn(example).result == .updated { updates += 1 }
    }
    let after = learner.savedState
    #expect(after.isFinite && after != before && updates > 0, sourceLocation: sourceLocation)
}

/// - Parameter limit: the most bytes that the state may have; nil for as many as it had after the first pass.
func checkMemoryIsBounded<Learner: OnlineLearner & ~Copyable>(
    _ make: () -> Learner, _ data: [LearnerExample], passes: Int = 4, limit: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    var learner = make()
    for example in data { learner.learn(example) }
    let bound = limit ?? learner.savedState.byteCount
    for _ in 1..<passes {
        for example in data { learner.learn(example) }
    }
    let found = learner.savedState.byteCount
    #expect(found <= bound, sourceLocation: sourceLocation)
}

/// - Parameter warming: records that are learned before allocations are counted.
func checkNothingIsAllocated<Learner: OnlineLearner & ~Copyable>(
    _ make: () -> Learner, _ data: [LearnerExample], classes: Int, warming: Int = 0,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    var learner = make()
    for example in data[..<warming] { learner.learn(example) }
    let probabilities = UnsafeMutableBufferPointer<Float>.allocate(capacity: classes)
    defer { probabilities.deallocate() }
    var updates = 0
    let allocations = countAllocations {
        for example in data[warming...] {
            example.dense.withUnsafeBufferPointer { dense in
                example.sparse.withUnsafeBufferPointer { sparse in
                    let x = InputVector(dense: dense, sparse: sparse, steps: example.steps)
                    _ = learner.predict(x, probabilities: probabilities)
                    let outcome = learner.learn(x, label: example.label, weight: example.weight)
                    if outcome.result == .updated { updates += 1 }
                }
            }
        }
    }
    #expect(updates > 0, sourceLocation: sourceLocation)
    // Unoptimized Swift itself allocates.
    #if !DEBUG
        #expect(allocations == 0, sourceLocation: sourceLocation)
    #else
        _ = allocations
    #endif
}

/// A snapshot that lacks a tensor or holds one of another count is refused whole; one with any number changed is refused, or
/// taken without a trap.
func checkForgedStatesAreRefusedOrBorne<Learner: OnlineLearner & ~Copyable>(
    _ make: () -> Learner, _ data: [LearnerExample], classes: Int, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    var learner = make()
    for example in data { learner.learn(example) }
    let sound = learner.savedState
    for name in sound.names {
        let tensor = try #require(sound[name])
        for bytes in [nil, tensor.bytes + [UInt8](repeating: 0, count: tensor.element.size)] {
            var forged = StateArchive()
            for kept in sound.names where kept != name { forged.put(kept, try #require(sound[kept])) }
            if let bytes { forged.put(name, .init(element: tensor.element, shape: tensor.shape, bytes: bytes)) }
            var target = make()
            let before = target.savedState
            #expect(throws: StateError.self, "\(name)", sourceLocation: sourceLocation) {
                try target.restore(from: forged, under: "model")
            }
            let after = target.savedState
            #expect(after == before, "\(name)", sourceLocation: sourceLocation)
        }
        for pattern in [UInt8(0xff), 0x7f, 0x80, 0] where !tensor.bytes.isEmpty {
            for place in [0, (tensor.bytes.count / tensor.element.size) / 2] {
                var bytes = tensor.bytes
                for byte in 0..<tensor.element.size { bytes[place * tensor.element.size + byte] = pattern }
                var forged = sound
                forged.put(name, .init(element: tensor.element, shape: tensor.shape, bytes: bytes))
                var target = make()
                guard (try? target.restore(from: forged, under: "model")) != nil else { continue }
                for example in data.prefix(20) {
                    let answer = target.answer(example, classes: classes)
                    #expect(answer.isFinite, "\(name) \(pattern)", sourceLocation: sourceLocation)
                    target.learn(example)
                }
            }
        }
    }
}
