public import Records

/// Statistics of several runs of values, put together as if one had seen them all.
extension ScalingKind {
    /// Own statistics as the first part of a sum that `merge` goes on with.
    ///
    /// The faded statistics stand for no more than the last 1 / fading values, however many there were: that is their
    /// weight beside others'. All the other scalings never forget, so their weight is their count.
    @inline(__always)
    public func part(
        _ statistics: FeatureStatistics, fading: Double = ExponentialScaling.defaultFading
    ) -> FeatureStatistics {
        guard self == .exponential else { return statistics }
        var part = statistics
        part.count = min(part.count, 1 / fading)
        return part
    }

    /// Takes the statistics of other values into `sum`, which `part` has begun.
    ///
    /// For the exponential scaling the result is the mean and variance of both populations mixed in the proportion of
    /// their weights.
    /// - Cost: O(1), allocates nothing. Finite where both are sound, as `isSound` says.
    /// - Source: Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances"
    ///   (1979), for the mean and the sum of squared deviations.
    @inline(__always)
    public func merge(
        _ other: FeatureStatistics, into sum: inout FeatureStatistics,
        fading: Double = ExponentialScaling.defaultFading
    ) {
        let other = part(other, fading: fading)
        guard other.count > 0 else { return }
        guard sum.count > 0 else {
            sum = other
            return
        }
        let count = sum.count + other.count
        let share = other.count / count
        let between = other.mean - sum.mean
        switch self {
        case .standard: sum.spread += other.spread + between * between * sum.count * share
        case .exponential:
            sum.spread += share * (other.spread - sum.spread) + between * between * (1 - share) * share
        case .minMax:
            sum.spread = min(sum.spread, other.spread)
            sum.extreme = max(sum.extreme, other.extreme)
        case .maxAbs: sum.extreme = max(sum.extreme, other.extreme)
        // No more than near: quantiles of a whole don't follow from those of its parts.
        case .robust: sum.spread += share * (other.spread - sum.spread)
        case .none: break
        }
        sum.mean += between * share
        sum.count = count
    }

    /// Whether statistics can have come from finite values of Float32, so that merging them stays finite.
    public func isSound(_ statistics: FeatureStatistics) -> Bool {
        let largest = Double(Float.greatestFiniteMagnitude)
        guard statistics.count >= 0, statistics.count <= Self.largestCount, abs(statistics.mean) <= largest,
            abs(statistics.extreme) <= largest
        else { return false }
        return switch self {
        case .minMax: abs(statistics.spread) <= largest && statistics.spread <= statistics.extreme
        case .standard, .exponential, .robust: (0...Self.largestSpread).contains(statistics.spread)
        case .maxAbs: statistics.spread == 0 && statistics.extreme >= 0
        case .none: statistics.spread == 0
        }
    }

    /// Above it a Float64 can't count one by one.
    private static let largestCount = 0x1p53
    /// More than the squared deviations of so many values of Float32 can come to.
    private static let largestSpread = 1e100
}
