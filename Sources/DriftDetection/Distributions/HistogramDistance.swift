internal import Glibc

/// Distances between two histograms over the same bins.
///
/// - Shape: two counts a bin, equally many bins, neither histogram empty. Unit: none. Cost: O(bins), allocates nothing.
public enum HistogramDistance {
    /// The population stability index: the sum of (q - p) × ln(q / p). An empty bin counts as half a record: an absent
    /// category is no infinite shift.
    /// - Source: Lewis, An Introduction to Credit Scoring (1994); Siddiqi, Credit Risk Scorecards (2006), for the rule
    ///   of thumb 0.1 and 0.25.
    public static func populationStability(
        _ reference: UnsafeBufferPointer<Double>, _ current: UnsafeBufferPointer<Double>
    ) -> Double {
        let (referenceTotal, currentTotal) = (total(reference), total(current))
        var sum = 0.0
        for bin in 0..<reference.count where reference[bin] + current[bin] > 0 {
            let before = max(reference[bin], 0.5) / referenceTotal
            let now = max(current[bin], 0.5) / currentTotal
            sum += (now - before) * log(now / before)
        }
        return sum
    }

    /// The Jensen-Shannon distance, from 0 to 1: the root of the divergence in bits.
    /// - Source: Lin, IEEE Transactions on Information Theory 37 (1991); Endres and Schindelin, the same 49 (2003).
    ///   Agrees with `scipy.spatial.distance.jensenshannon(p, q, base=2)`.
    public static func jensenShannon(
        _ reference: UnsafeBufferPointer<Double>, _ current: UnsafeBufferPointer<Double>
    ) -> Double {
        let (referenceTotal, currentTotal) = (total(reference), total(current))
        var sum = 0.0
        for bin in 0..<reference.count {
            let before = reference[bin] / referenceTotal
            let now = current[bin] / currentTotal
            let middle = (before + now) / 2
            if before > 0 { sum += before * log2(before / middle) }
            if now > 0 { sum += now * log2(now / middle) }
        }
        return max(0, sum / 2).squareRoot()
    }

    /// Pearson's chi-squared statistic of the table of two rows, and its degrees of freedom: bins that aren't empty in
    /// both, less one.
    /// - Source: Pearson, Philosophical Magazine 50 (1900). Agrees with `scipy.stats.chi2_contingency`, without
    ///   correction.
    public static func chiSquared(
        _ reference: UnsafeBufferPointer<Double>, _ current: UnsafeBufferPointer<Double>
    ) -> (statistic: Double, degrees: Int) {
        let (referenceTotal, currentTotal) = (total(reference), total(current))
        let all = referenceTotal + currentTotal
        var sum = 0.0
        var bins = 0
        for bin in 0..<reference.count where reference[bin] + current[bin] > 0 {
            let both = reference[bin] + current[bin]
            let expected = both * referenceTotal / all
            let difference = reference[bin] - expected
            sum += difference * difference * (1 / expected + 1 / (both - expected))
            bins += 1
        }
        return (sum, max(0, bins - 1))
    }

    private static func total(_ counts: UnsafeBufferPointer<Double>) -> Double { counts.reduce(0, +) }
}
