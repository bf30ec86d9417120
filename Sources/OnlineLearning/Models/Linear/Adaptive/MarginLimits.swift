#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Between what margins an expert's word is taken; one that says more is held at the limit.
struct MarginLimits: BitwiseCopyable {
    var lowest: Float
    var highest: Float

    /// Classes: 8 says one in three thousand.
    static let classes = MarginLimits(lowest: -8, highest: 8)
}

/// The smallest and the largest label of a regression, from which the limits of predictions follow.
///
/// Means with fixed shares are as good as promised only where what they mix is bounded.
struct LabelRange: Equatable {
    private(set) var lowest = 0.0
    private(set) var highest = 0.0
    private(set) var isEmpty = true

    init() {}

    @inline(__always)
    mutating func add(_ label: Double) {
        lowest = isEmpty ? label : min(lowest, label)
        highest = isEmpty ? label : max(highest, label)
        isEmpty = false
    }

    /// The range of labels and as much again on both sides, in the unit of the scaled target; log means under the Poisson loss.
    @inline(__always)
    func limits(_ configuration: AdaptiveLinearConfiguration, _ statistics: FeatureStatistics) -> MarginLimits {
        if configuration.loss.isForClasses { return .classes }
        if configuration.loss == .poisson { return MarginLimits(lowest: -10, highest: Float(log(2 * highest + 1))) }
        let span = highest - lowest
        let scaling = configuration.targetScaling
        return MarginLimits(
            lowest: Float(scaling.scale(lowest - span, statistics)),
            highest: Float(scaling.scale(highest + span, statistics)))
    }

    /// - Returns: Nil where no labels could have made it.
    init?(restoring values: [Double]) {
        guard values.count == 3, values.allSatisfy({ abs($0) <= Double(Float.greatestFiniteMagnitude) }),
            values[0] <= values[1]
        else { return nil }
        lowest = values[0]
        highest = values[1]
        isEmpty = values[2] == 0
    }

    var saved: [Double] { [lowest, highest, isEmpty ? 0 : 1] }
}
