/// The last observations, as many as fit.
///
/// Sums over them are made when they are asked for, so they are exact and nothing is ever subtracted.
/// - Cost: O(1) to add, allocates nothing after `init`.
struct ObservationWindow: ~Copyable {
    let kind: EvaluatedTarget
    let scores: Storage<Double>
    let labels: Storage<Double>
    let weights: Storage<Double>
    /// Two classes: the predicted one in bit 0. For all classes: whether the last label would have been right in bit 1.
    /// Several classes: 1 more than the rank in bits 2 to 4, 0 where it isn't known.
    let flags: Storage<UInt8>
    /// The predicted class where there are more than two; else there is nothing in it.
    let predicted: Storage<UInt64>
    /// The predicted class's probability and the squared error, where there are more than two.
    let probabilities: Storage<SIMD2<Double>>
    /// The declared segment, where there are any.
    let segments: Storage<UInt8>
    /// Observations ever added.
    var added: UInt64 = 0
    var next = 0

    /// - Parameter hasSegments: observations are told apart by segment.
    init(capacity: Int, kind: EvaluatedTarget, hasSegments: Bool) {
        precondition(capacity >= 1, "a window has at least one record")
        self.kind = kind
        scores = Storage(repeating: 0, count: capacity)
        labels = Storage(repeating: 0, count: capacity)
        weights = Storage(repeating: 0, count: capacity)
        flags = Storage(repeating: 0, count: capacity)
        let hasManyClasses = kind.manyClasses > 0
        predicted = Storage(repeating: 0, count: hasManyClasses ? capacity : 0)
        probabilities = Storage(repeating: .zero, count: hasManyClasses ? capacity : 0)
        segments = Storage(repeating: 0, count: hasSegments ? capacity : 0)
    }

    var count: Int { Int(min(added, UInt64(scores.count))) }

    @inline(__always)
    mutating func add(_ seen: Observation) {
        scores[next] = seen.score
        labels[next] = seen.label
        weights[next] = seen.weight
        let lastLabelWasRight: UInt8 = seen.lastLabelWasRight ? 2 : 0
        if predicted.count > 0 {
            predicted[next] = UInt64(seen.predicted)
            probabilities[next] = SIMD2(seen.confidence, seen.squaredError)
            flags[next] = lastLabelWasRight | (seen.hasProbabilities ? UInt8(seen.rank + 1) << 2 : 0)
        } else {
            flags[next] = UInt8(seen.predicted) | lastLabelWasRight
        }
        if segments.count > 0 { segments[next] = UInt8(seen.segment) }
        next = next + 1 == scores.count ? 0 : next + 1
        added += 1
    }

    /// The observations from the oldest on.
    func forEach(_ body: (Observation) -> Void) {
        let first = added > UInt64(scores.count) ? next : 0
        for step in 0..<count { body(observation((first + step) % scores.count)) }
    }

    private func observation(_ index: Int) -> Observation {
        var seen = Observation(
            score: scores[index], label: labels[index], weight: weights[index],
            predicted: predicted.count > 0 ? Int(predicted[index]) : Int(flags[index] & 1),
            lastLabelWasRight: flags[index] & 2 != 0)
        if segments.count > 0 { seen.segment = Int(segments[index]) }
        if kind == .twoClasses { seen.measureTwoClasses() }
        guard predicted.count > 0 else { return seen }
        seen.logLoss = Observation.logLoss(seen.score)
        let rank = Int(flags[index] >> 2)
        guard rank > 0 else { return seen }
        seen.hasProbabilities = true
        seen.wasConfidentlyRight = seen.label == Double(seen.predicted)
        seen.rank = rank - 1
        seen.confidence = probabilities[index][0]
        seen.squaredError = probabilities[index][1]
        return seen
    }
}
