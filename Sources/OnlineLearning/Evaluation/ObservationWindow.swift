internal import Records

/// The last observations, as many as fit.
///
/// Sums over them are made when they are asked for, so they are exact and nothing is ever subtracted.
/// - Cost: O(1) to add, allocates nothing after `init`.
struct ObservationWindow: ~Copyable {
    private let scores: Storage<Double>
    private let labels: Storage<Double>
    private let weights: Storage<Double>
    /// Two classes: the predicted one in bit 0. For all classes: whether the last label would have been right in bit 1.
    private let flags: Storage<UInt8>
    /// The predicted class where there are more than two; else there is nothing in it.
    private let predicted: Storage<UInt64>
    /// Observations ever added.
    private(set) var added: UInt64 = 0
    private var next = 0

    /// - Parameter hasManyClasses: there may be more than two.
    init(capacity: Int, hasManyClasses: Bool = false) {
        precondition(capacity >= 1, "a window has at least one record")
        scores = Storage(repeating: 0, count: capacity)
        labels = Storage(repeating: 0, count: capacity)
        weights = Storage(repeating: 0, count: capacity)
        flags = Storage(repeating: 0, count: capacity)
        predicted = Storage(repeating: 0, count: hasManyClasses ? capacity : 0)
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
            flags[next] = lastLabelWasRight
        } else {
            flags[next] = UInt8(seen.predicted) | lastLabelWasRight
        }
        next = next + 1 == scores.count ? 0 : next + 1
        added += 1
    }

    /// The observations from the oldest on.
    func forEach(_ body: (Observation) -> Void) {
        let first = added > UInt64(scores.count) ? next : 0
        for step in 0..<count {
            let index = (first + step) % scores.count
            body(
                Observation(
                    score: scores[index], label: labels[index], weight: weights[index],
                    predicted: predicted.count > 0 ? Int(predicted[index]) : Int(flags[index] & 1),
                    lastLabelWasRight: flags[index] & 2 != 0))
        }
    }

    /// Area under the ROC curve, exactly; nil unless both classes are there. Cost: O(n log n), allocates.
    var area: Double? {
        let order = (0..<count).sorted { scores[$0] < scores[$1] }
        var (negatives, positives, above) = (0.0, 0.0, 0.0)
        var start = 0
        while start < order.count {
            var (tiedNegatives, tiedPositives) = (0.0, 0.0)
            var end = start
            while end < order.count && scores[order[end]] == scores[order[start]] {
                let index = order[end]
                if labels[index] == 1 { tiedPositives += weights[index] } else { tiedNegatives += weights[index] }
                end += 1
            }
            above += tiedPositives * (negatives + 0.5 * tiedNegatives)
            negatives += tiedNegatives
            positives += tiedPositives
            start = end
        }
        return negatives > 0 && positives > 0 ? above / negatives / positives : nil
    }

    func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix + "/scores", doubles: UnsafeBufferPointer(scores.values))
        archive.put(prefix + "/labels", doubles: UnsafeBufferPointer(labels.values))
        archive.put(prefix + "/weights", doubles: UnsafeBufferPointer(weights.values))
        archive.put(prefix + "/flags", bytes: Array(flags.values))
        if predicted.count > 0 {
            archive.put(prefix + "/predicted", counters: UnsafeBufferPointer(predicted.values))
        }
        archive.put(prefix + "/added", counters: [added])
    }

    /// - Parameter classes: how many there are; an observation of another one can't be.
    mutating func restore(from archive: StateArchive, under prefix: String, classes: Int) throws(StateError) {
        let bytes = try archive.bytes(prefix + "/flags")
        guard bytes.count == flags.count else {
            throw .wrongCount(name: prefix + "/flags", found: bytes.count, expected: flags.count)
        }
        let added = try archive.counters(prefix + "/added", count: 1)[0]
        let seen = try archive.doubles(prefix + "/labels", count: labels.count)
        if classes > 0 {
            let known = 0..<Double(classes)
            guard seen.allSatisfy(known.contains) else {
                throw .impossible(name: prefix + "/labels", reason: "there are \(classes) classes")
            }
        }
        if predicted.count > 0 {
            let said = try archive.counters(prefix + "/predicted", count: predicted.count)
            guard said.allSatisfy({ $0 < UInt64(classes) }) else {
                throw .impossible(name: prefix + "/predicted", reason: "there are \(classes) classes")
            }
            predicted.base.update(from: said, count: said.count)
        }
        try archive.copy(prefix + "/scores", doubles: scores.values)
        try archive.copy(prefix + "/weights", doubles: weights.values)
        labels.base.update(from: seen, count: seen.count)
        flags.base.update(from: bytes, count: bytes.count)
        self.added = added
        next = Int(added % UInt64(scores.count))
    }
}
