/// Two moving averages of how far the labels lay from what was predicted, as inputs for what comes next.
///
/// Where what isn't in the features lasts for a while, the last errors tell of it: the moving-average part of an ARMA
/// model. Where records come in no order, their weights stay small.
/// - Cost: O(1), allocates nothing.
/// - Source: Box and Jenkins, Time Series Analysis (1970); exponential averages instead of the last few errors.
struct ResidualMemory: Equatable {
    static let count = 2
    static let fadings = SIMD2<Double>(0.3, 0.03)
    /// No residual counts for more than this.
    static let largest = 5.0
    private(set) var averages = SIMD2<Double>.zero

    /// - Parameter residual: label minus prediction, in the unit of the scaled target.
    @inline(__always)
    mutating func add(_ residual: Double) {
        let held = min(max(2 * residual, -Self.largest), Self.largest)
        averages += Self.fadings * (held - averages)
    }

    init() {}

    /// - Returns: Nil where no residuals could have made these.
    init?(restoring values: [Double]) {
        guard values.count == Self.count, values.allSatisfy({ abs($0) <= Self.largest }) else { return nil }
        averages = SIMD2(values[0], values[1])
    }
}
