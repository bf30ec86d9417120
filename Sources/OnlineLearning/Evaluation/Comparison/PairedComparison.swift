public import Records

/// Two models on the same stream: which one's mean loss is smaller, told record by record with as many looks as one likes.
///
/// It bets on the differences of the losses. The evidence against there being no difference is an e-value: were there none,
/// the chance that it ever reaches 20 is at most 1 in 20. The interval holds the mean of the differences that were to be
/// expected, at all records at once, with the declared level. Neither needs records to be independent or alike.
/// - Shape: two losses in. Cost: O(1) a record, allocates nothing.
/// - Source: Choe and Ramdas, Comparing sequential forecasters, Operations Research 72 (2024).
public struct PairedComparison: Sendable, Equatable {
    /// What the losses are, as reports name it.
    public let metric: String
    public let names: (first: String, second: String)
    /// Differences beyond it count as so much.
    public let bound: Double
    public let level: Double

    public private(set) var records: UInt64 = 0
    /// Records whose difference was beyond the bound.
    public private(set) var bounded: UInt64 = 0
    /// Of the first model's loss less the second's.
    private var sum = 0.0
    /// Sum of the squared distances from what was expected before each record.
    private var spread = 0.0

    /// - Parameters:
    ///   - bound: the largest difference of two losses that counts in full, above 0: 1 for a share of errors or a squared
    ///     error of a probability; for others, more than they usually differ.
    ///   - level: of the interval, between 0 and 1.
    public init(metric: String, first: String = "A", second: String = "B", bound: Double = 1, level: Double = 0.95) {
        precondition(
            bound > 0 && bound.isFinite && level > 0 && level < 1, "a bound above 0 and a level between 0 and 1")
        self.metric = metric
        names = (first, second)
        self.bound = bound
        self.level = level
    }

    public static func == (one: Self, other: Self) -> Bool {
        one.metric == other.metric && one.names == other.names && one.bound == other.bound && one.level == other.level
            && one.records == other.records && one.bounded == other.bounded && one.sum == other.sum
            && one.spread == other.spread
    }

    /// Takes in both models' loss of one record. What isn't a number on either side is not taken in.
    public mutating func add(_ first: Double, _ second: Double) {
        let full = first - second
        guard !full.isNaN else { return }
        let difference = min(max(full, -bound), bound)
        if difference != full { bounded += 1 }
        // Begun as if one difference of 0 had been there, so that something is expected of the first.
        let distance = difference - sum / Double(records + 1)
        spread += distance * distance
        sum += difference
        records += 1
    }

    /// Two differences are at most twice the bound apart.
    private var bets: BettingBoundary { BettingBoundary(largestStep: 2 * bound) }

    /// Mean of the first model's loss less the second's; nil before the first record.
    public var meanDifference: Double? { records > 0 ? sum / Double(records) : nil }

    /// Natural logarithm of the evidence that the first model's loss is the smaller one: it stays there where e-values overflow.
    public var logEvidenceForFirst: Double { bets.logCapital(sum: -sum, spread: spread) }

    public var logEvidenceForSecond: Double { bets.logCapital(sum: sum, spread: spread) }

    /// The interval of the mean difference; at most the bound on either side.
    public var interval: ClosedRange<Double> {
        guard let mean = meanDifference else { return -bound...bound }
        let reach = bets.reach(spread: spread, error: 0.5 * (1 - level)) / Double(records)
        return max(mean - reach, -bound)...min(mean + reach, bound)
    }
}

extension PairedComparison: Checkpointable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix + "/sums", doubles: [sum, spread])
        archive.put(prefix + "/records", counters: [records, bounded])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let sums = try archive.finite(prefix + "/sums", count: 2)
        let counts = try archive.counters(prefix + "/records", count: 2)
        // The sum was rounded with every record.
        let largest = bound * Double(counts[0]) * (1 + 1e-6)
        guard abs(sums[0]) <= largest, 0...4 * bound * largest ~= sums[1], counts[1] <= counts[0] else {
            throw .impossible(
                name: prefix + "/sums", reason: "\(counts[0]) differences of at most \(bound) don't add up to it")
        }
        (sum, spread) = (sums[0], sums[1])
        (records, bounded) = (counts[0], counts[1])
    }
}
