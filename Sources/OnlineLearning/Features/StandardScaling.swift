/// Zero mean and unit deviation, over all values so far.
///
/// Population variance; 0 where the deviation is 0 or nothing was seen.
/// - Source: Welford, Technometrics 4 (1962).
public enum StandardScaling {
    @inline(__always)
    public static func scale(_ value: Double, _ statistics: FeatureStatistics) -> Double {
        (value - statistics.mean) * factor(count: statistics.count, spread: statistics.spread)
    }

    /// One over the deviation; 0 where that is 0.
    @inline(__always)
    static func factor(count: Double, spread: Double) -> Double { spread > 0 ? (count / spread).squareRoot() : 0 }

    @inline(__always)
    public static func unscale(_ scaled: Double, _ statistics: FeatureStatistics) -> Double {
        statistics.count > 0
            ? statistics.mean + scaled * (statistics.spread / statistics.count).squareRoot() : 0
    }

    @inline(__always)
    public static func update(_ statistics: inout FeatureStatistics, with value: Double) {
        let before = value - statistics.mean
        statistics.addToMean(value)
        statistics.spread += before * (value - statistics.mean)
    }
}
