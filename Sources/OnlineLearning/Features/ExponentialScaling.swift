/// Zero mean and unit deviation under weights that fade with age.
///
/// `fading` is the newest value's share of the mean, between 0 and 1: the larger, the sooner the past is forgotten. The
/// first value is the first mean. 0 where the variance is 0 or nothing was seen.
/// - Source: Finch, "Incremental calculation of weighted mean and variance" (2009), section 9.
public enum ExponentialScaling {
    public static let defaultFading = 0.01

    @inline(__always)
    public static func scale(_ value: Double, _ statistics: FeatureStatistics) -> Double {
        statistics.spread > 0 ? (value - statistics.mean) / statistics.spread.squareRoot() : 0
    }

    @inline(__always)
    public static func unscale(_ scaled: Double, _ statistics: FeatureStatistics) -> Double {
        statistics.mean + scaled * statistics.spread.squareRoot()
    }

    @inline(__always)
    public static func update(_ statistics: inout FeatureStatistics, with value: Double, fading: Double) {
        let share = statistics.count == 0 ? 1 : fading
        let before = value - statistics.mean
        statistics.count += 1
        statistics.mean += share * before
        statistics.spread = (1 - share) * (statistics.spread + share * before * before)
    }
}
