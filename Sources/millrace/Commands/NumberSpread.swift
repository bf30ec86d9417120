/// How the numbers of a column are spread: their deviation, and the distance between their quartiles.
///
/// - Cost: O(1) a number; the quartiles are those of every 2nd, 4th, … number once there are more than `most`.
struct NumberSpread {
    private static let most = 16_384
    private static let fewest = 20
    /// The distance between the quartiles of a normal distribution, in its deviations.
    private static let quartilesOfNormal = 1.349
    /// From so many times a normal distribution's deviation on, a few numbers make most of it.
    private static let heavyTails = 3.0

    private var count = 0.0
    private var mean = 0.0
    private var squares = 0.0
    private var sample: [Double] = []
    private var stride = 1
    private var untilNext = 0

    mutating func add(_ number: Double) {
        count += 1
        let deviation = number - mean
        mean += deviation / count
        squares += deviation * (number - mean)
        guard untilNext == 0 else {
            untilNext -= 1
            return
        }
        sample.append(number)
        if sample.count == Self.most {
            sample = Swift.stride(from: 0, to: sample.count, by: 2).map { sample[$0] }
            stride *= 2
        }
        untilNext = stride - 1
    }

    /// Whether a few numbers lie so far out that, divided by the deviation, all others would be next to equal.
    var isHeavyTailed: Bool {
        guard sample.count >= Self.fewest else { return false }
        let sorted = sample.sorted()
        let quartiles = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
        let deviation = (squares / count).squareRoot()
        return quartiles > 0 && deviation > Self.heavyTails * quartiles / Self.quartilesOfNormal
    }
}
