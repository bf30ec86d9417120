/// The median to 0, and the distance between the quartiles to 1, so that rare extremes move nothing.
///
/// Median and distance come from a `QuantileSketch`, and stand in the statistics as `mean` and `spread`. 0 where nothing but
/// one value was seen.
public enum RobustScaling {
    @inline(__always)
    public static func scale(_ value: Double, _ statistics: FeatureStatistics) -> Double {
        statistics.spread > 0 ? (value - statistics.mean) / statistics.spread : 0
    }

    @inline(__always)
    public static func unscale(_ scaled: Double, _ statistics: FeatureStatistics) -> Double {
        statistics.mean + scaled * statistics.spread
    }
}
