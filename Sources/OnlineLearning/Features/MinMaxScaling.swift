/// The smallest value so far to 0, the largest to 1; a new extreme goes beyond.
///
/// 0 where the range is 0 or nothing was seen.
public enum MinMaxScaling {
    @inline(__always)
    public static func scale(_ value: Double, _ statistics: FeatureStatistics) -> Double {
        let range = statistics.extreme - statistics.spread
        return range > 0 ? (value - statistics.spread) / range : 0
    }

    @inline(__always)
    public static func unscale(_ scaled: Double, _ statistics: FeatureStatistics) -> Double {
        statistics.spread + scaled * (statistics.extreme - statistics.spread)
    }

    @inline(__always)
    public static func update(_ statistics: inout FeatureStatistics, with value: Double) {
        statistics.spread = statistics.count == 0 ? value : min(statistics.spread, value)
        statistics.extreme = statistics.count == 0 ? value : max(statistics.extreme, value)
        statistics.addToMean(value)
    }
}
