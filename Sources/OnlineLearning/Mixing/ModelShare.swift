/// What one of several models that learn side by side tells the others.
///
/// The statistics are those of its own records alone: whoever takes several shares in counts no record twice.
public struct ModelShare: Sendable, Equatable {
    /// Records that it has learned in all, 1 or more; of these alone, not of those that the others mixed in.
    public var learned: UInt64
    /// `[featureCount + 1]`: the weights, then the intercept.
    public var parameters: [Float]
    /// `[featureCount + 1]`: those of the features, then the target's.
    public var statistics: [FeatureStatistics]

    /// One of zeros.
    public init(featureCount: Int) {
        learned = 0
        parameters = [Float](repeating: 0, count: featureCount + 1)
        statistics = [FeatureStatistics](repeating: FeatureStatistics(), count: featureCount + 1)
    }
}

/// Why a share can't be mixed in. Nothing of it is kept.
public enum ShareError: Error, Equatable, Sendable, CustomStringConvertible {
    case wrongShape(parameters: Int, statistics: Int, expected: Int)
    /// It claims to have learned nothing, or more than can be counted.
    case learned(UInt64)
    /// A weight that isn't finite or is beyond what this model keeps; the last index is the intercept's.
    case parameter(index: Int, value: Float)
    /// Statistics that no finite values have; the last index is the target's.
    case statistics(index: Int)

    public var description: String {
        switch self {
        case .wrongShape(let parameters, let statistics, let expected):
            "it has \(parameters) parameters and statistics of \(statistics) inputs; allowed are \(expected) of each"
        case .learned(let count): "it has learned \(count) records; allowed are 1 to 2^53"
        case .parameter(let index, let value):
            "its parameter \(index) is \(value); allowed are magnitudes below \(Parameters.largestMagnitude)"
        case .statistics(let index): "its statistics of input \(index) are none that finite values can have"
        }
    }
}
