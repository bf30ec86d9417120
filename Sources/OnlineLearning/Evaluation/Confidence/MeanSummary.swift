/// What intervals around means are made of; that of several streams is the sum of theirs.
struct MeanSummary {
    var records: UInt64 = 0
    /// Weight, and the same times each loss.
    var sums = SIMD4<Double>.zero
    /// Variances of the sums, from the batches.
    var squares = SIMD4<Double>.zero
    /// Batches less one, of each stream.
    var degrees = 0.0
    /// Sum of the squared, weighted distances from what was expected before each record.
    var spread = SIMD4<Double>.zero
    var heaviest = 0.0

    static func + (one: MeanSummary, other: MeanSummary) -> MeanSummary {
        var sum = MeanSummary()
        sum.records = one.records + other.records
        sum.sums = one.sums + other.sums
        sum.squares = one.squares + other.squares
        sum.degrees = one.degrees + other.degrees
        sum.spread = one.spread + other.spread
        sum.heaviest = max(one.heaviest, other.heaviest)
        return sum
    }

    /// Fewer say too little of how the means of batches differ.
    static let fewestBatches = 10

    func mean(_ loss: Int) -> Double { sums[loss] / sums[0] }

    /// How far the mean of a loss reaches to each side; nil where there are too few records.
    func reach(_ loss: Int, level: Double) -> Double? {
        guard degrees + 1 >= Double(Self.fewestBatches), sums[0] > 0 else { return nil }
        let reach =
            Quantiles.student(0.5 + 0.5 * level, degrees: degrees) * squares[loss].squareRoot() / sums[0]
        return reach.isFinite ? reach : nil
    }

    /// An interval around a share, of as many independent records as would leave it as unsure as its batches do.
    /// - Source: Wilson, Journal of the American Statistical Association 22 (1927).
    func share(_ loss: Int, level: Double) -> ClosedRange<Double>? {
        guard degrees + 1 >= Double(Self.fewestBatches), sums[0] > 0 else { return nil }
        let share = min(max(mean(loss), 0), 1)
        let variance = squares[loss] / (sums[0] * sums[0])
        let records = Double(records)
        let independent = variance > 0 ? min(share * (1 - share) / variance, records) : records
        let quantile = Quantiles.student(0.5 + 0.5 * level, degrees: degrees)
        let added = quantile * quantile / max(independent, 1)
        let center = (share + 0.5 * added) / (1 + added)
        let reach =
            (share * (1 - share) * added + 0.25 * added * added).squareRoot() / (1 + added)
        return max(center - reach, 0)...min(center + reach, 1)
    }

    /// How far the mean of a loss between 0 and `bound` reaches to each side at every record at once: however often
    /// it is looked at, the chance that it ever is left out is at most what the level leaves.
    func reachAtAnyTime(_ loss: Int, bound: Double, level: Double) -> Double? {
        guard sums[0] > 0, heaviest > 0 else { return nil }
        let bets = BettingBoundary(largestStep: bound * heaviest)
        return bets.reach(spread: spread[loss], error: 0.5 * (1 - level)) / sums[0]
    }
}
