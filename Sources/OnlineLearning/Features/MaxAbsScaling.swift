/// Divided by the largest magnitude so far, so that 0 stays 0; 0 where nothing but 0 was seen.
public enum MaxAbsScaling {
    @inline(__always)
    public static func scale(_ value: Double, _ statistics: FeatureStatistics) -> Double {
        statistics.extreme > 0 ? value / statistics.extreme : 0
    }

    @inline(__always)
    public static func unscale(_ scaled: Double, _ statistics: FeatureStatistics) -> Double {
        scaled * statistics.extreme
    }

    @inline(__always)
    public static func update(_ statistics: inout FeatureStatistics, with value: Double) {
        statistics.extreme = max(statistics.extreme, abs(value))
        statistics.addToMean(value)
    }
}
