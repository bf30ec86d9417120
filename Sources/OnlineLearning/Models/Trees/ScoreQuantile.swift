internal import Records

/// Quantiles of scores between 0 and 1, of the last ten to twenty thousand of them.
///
/// Counts by bins of equal width; when there are twice `horizon`, all of them are halved.
/// - Cost: O(1) a score, O(bins) a quantile; allocates nothing after `init`. Error: at most a bin's width, 1/1,024.
struct ScoreQuantile: ~Copyable, Checkpointable {
    private static let bins = 1024
    private static let horizon: Float = 10_000
    private let counts = Storage<Float>(repeating: 0, count: bins)
    private var total: Float = 0

    mutating func add(_ score: Double) {
        counts[min(max(Int(score * Double(Self.bins)), 0), Self.bins - 1)] += 1
        total += 1
        guard total >= 2 * Self.horizon else { return }
        for bin in 0..<Self.bins { counts[bin] *= 0.5 }
        total *= 0.5
    }

    /// The score that this share of the scores lies below; 1 before the first one.
    func value(_ share: Double) -> Double {
        let wanted = Float(share) * total
        var below: Float = 0
        for bin in 0..<Self.bins {
            let count = counts[bin]
            if count > 0 && below + count >= wanted {
                return (Double(bin) + Double((wanted - below) / count)) / Double(Self.bins)
            }
            below += count
        }
        return 1
    }

    func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix, floats: UnsafeBufferPointer(counts.values))
        archive.put(prefix + "-total", floats: [total])
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let kept = try archive.floats(prefix, count: Self.bins)
        let sum = try archive.floats(prefix + "-total", count: 1)[0]
        guard kept.allSatisfy({ $0 >= 0 && $0 <= 2 * Self.horizon }), sum >= 0, sum < 2 * Self.horizon else {
            throw .impossible(name: prefix, reason: "counts below 0 or beyond the horizon")
        }
        counts.base.update(from: kept, count: Self.bins)
        total = sum
    }
}
