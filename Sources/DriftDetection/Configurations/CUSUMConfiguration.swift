/// Parameters of `CUSUM`; the defaults are those of MOA and frouros.
public struct CUSUMConfiguration: Sendable, Hashable {
    /// No change is reported before so many values; at least 1.
    public var minimumValues: Int
    /// The rise of the mean that is tolerated, in the values' unit.
    public var delta: Double
    /// The sum from which a change is reported, in the values' unit; above 0.
    public var threshold: Double

    public init(minimumValues: Int = 30, delta: Double = 0.005, threshold: Double = 50) {
        self.minimumValues = minimumValues
        self.delta = delta
        self.threshold = threshold
    }
}
