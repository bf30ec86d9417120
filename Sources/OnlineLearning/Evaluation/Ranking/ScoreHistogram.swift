/// Area under the ROC curve over any number of scores in fixed memory: the weight of each class by score.
///
/// Bins are fine where scores crowd: their width is 1/32 of the distance to the nearer of 0 and 1 (rounded down to a
/// power of two), from 1/2 down to 2^-25; what is smaller falls into the last bin. Records of both classes in one bin count as ties,
/// so the area is off by at most half the sum, over all bins, of the product of the classes' shares in that bin:
/// `RankedWeights.largestTieError`.
/// - Shape: probabilities in; 24 KiB. Cost: O(1) a score and O(bins) an area; allocates nothing after `init`.
struct ScoreHistogram: ~Copyable {
    /// Bins below 1/2: 32 for each of the powers of two, and one for what is smaller.
    private static let side = 24 * 32
    static let bins = 2 * side
    /// [bins, 2]: negatives, positives.
    let weights = Storage<Double>(repeating: 0, count: 2 * bins)

    @inline(__always)
    func add(score: Double, isPositive: Bool, weight: Double) {
        weights[2 * Self.bin(score) + (isPositive ? 1 : 0)] += weight
    }

    /// The bin of a probability; bins are in the order of scores.
    @inline(__always)
    static func bin(_ score: Double) -> Int {
        score < 0.5 ? lowerBin(score) : bins - 1 - lowerBin(1 - score)
    }

    /// Exponent and five leading bits of a number up to 1/2, which keep its order.
    @inline(__always)
    private static func lowerBin(_ distance: Double) -> Int {
        let leading = Int(distance.bitPattern >> 47)
        let smallest = (1023 - 25) * 32
        return min(max(leading - smallest, 0), side - 1)
    }

    /// Adds the records of another stream.
    func merge(_ other: borrowing ScoreHistogram) {
        for index in 0..<weights.count { weights[index] += other.weights[index] }
    }

    /// The classes' weights from the lowest score on; what is in one bin is tied.
    var ranked: RankedWeights {
        var ranked = RankedWeights()
        for bin in 0..<Self.bins {
            ranked.append(negatives: weights[2 * bin], positives: weights[2 * bin + 1])
        }
        return ranked
    }

}
