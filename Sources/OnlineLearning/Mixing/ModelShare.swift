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
    /// How far the parameters know of the others.
    public var heard: [Heard] = []

    /// Records of another model that are mixed into the parameters.
    public struct Heard: Sendable, Equatable {
        public var member: Int32
        /// What that model had learned when it shared what was mixed in last.
        public var learned: UInt64

        public init(member: Int32, learned: UInt64) {
            self.member = member
            self.learned = learned
        }
    }

    /// One of zeros.
    public init(featureCount: Int) {
        learned = 0
        parameters = [Float](repeating: 0, count: featureCount + 1)
        statistics = [FeatureStatistics](repeating: FeatureStatistics(), count: featureCount + 1)
    }

    /// Whether both are the same model at the same time; what it had heard by then follows from that.
    func saysTheSame(as other: ModelShare) -> Bool {
        learned == other.learned && parameters == other.parameters && statistics == other.statistics
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
