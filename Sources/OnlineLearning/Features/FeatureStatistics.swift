/// What is known of one feature: four numbers, whose meaning is the scaling's.
public struct FeatureStatistics: BitwiseCopyable, Sendable, Equatable {
    /// Values seen.
    public var count: Double
    /// The mean of the values seen (faded for the exponential scaling; the median for the robust one); 0 before the first.
    public var mean: Double
    /// Standard: sum of squared deviations. Exponential: variance. Robust: distance between the quartiles. Min-max: smallest value. Others: 0.
    public var spread: Double
    /// Min-max: largest value. Max-abs: largest magnitude. Others: 0.
    public var extreme: Double

    public init() {
        count = 0
        mean = 0
        spread = 0
        extreme = 0
    }

    /// Takes a value into count and mean.
    @inline(__always)
    mutating func addToMean(_ value: Double) {
        count += 1
        mean += (value - mean) / count
    }
}
