public import Records

/// The kernels by kind, for one value at a time.
extension ScalingKind {
    /// No scaled value has a larger magnitude than this, whatever came in.
    public static let largestScaled = 10_000.0

    /// `value` under the statistics, clipped to ±10,000.
    /// - Shape: scalar. Cost: O(1), allocates nothing. Never NaN.
    @inline(__always)
    public func scale(_ value: Double, _ statistics: FeatureStatistics) -> Double {
        let scaled =
            switch self {
            case .standard: StandardScaling.scale(value, statistics)
            case .minMax: MinMaxScaling.scale(value, statistics)
            case .maxAbs: MaxAbsScaling.scale(value, statistics)
            case .exponential: ExponentialScaling.scale(value, statistics)
            case .robust: RobustScaling.scale(value, statistics)
            case .none: value
            }
        // An infinity times a factor of 0, or 0 times the factor of a deviation that is next to nothing.
        guard !scaled.isNaN else { return 0 }
        return min(max(scaled, -Self.largestScaled), Self.largestScaled)
    }

    /// The value that `scaled` came from.
    @inline(__always)
    public func unscale(_ scaled: Double, _ statistics: FeatureStatistics) -> Double {
        switch self {
        case .standard: StandardScaling.unscale(scaled, statistics)
        case .minMax: MinMaxScaling.unscale(scaled, statistics)
        case .maxAbs: MaxAbsScaling.unscale(scaled, statistics)
        case .exponential: ExponentialScaling.unscale(scaled, statistics)
        case .robust: RobustScaling.unscale(scaled, statistics)
        case .none: scaled
        }
    }

    /// Takes a finite value into the statistics. The robust scaling's come from a `QuantileSketch` instead; here no more than
    /// the mean is kept for it.
    @inline(__always)
    public func update(
        _ statistics: inout FeatureStatistics, with value: Double, fading: Double = ExponentialScaling.defaultFading
    ) {
        switch self {
        case .standard: StandardScaling.update(&statistics, with: value)
        case .minMax: MinMaxScaling.update(&statistics, with: value)
        case .maxAbs: MaxAbsScaling.update(&statistics, with: value)
        case .exponential: ExponentialScaling.update(&statistics, with: value, fading: fading)
        case .robust, .none: NoScaling.update(&statistics, with: value)
        }
    }
}
