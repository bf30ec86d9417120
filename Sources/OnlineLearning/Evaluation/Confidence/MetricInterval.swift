/// A metric with the interval that its true value is in, to the level that was asked for.
public struct MetricInterval: Sendable, Equatable {
    /// As in `MetricValues.named`.
    public var name: String
    public var estimate: Double
    public var lower: Double
    public var upper: Double

    public init(name: String, estimate: Double, lower: Double, upper: Double) {
        self.name = name
        self.estimate = estimate
        self.lower = lower
        self.upper = upper
    }
}
