/// The value as it stands; the mean is kept only for what is missing.
public enum NoScaling {
    @inline(__always)
    public static func update(_ statistics: inout FeatureStatistics, with value: Double) {
        statistics.addToMean(value)
    }
}
