/// The numbers of the losses that have one, each above 0 and in the unit of the scaled target.
public struct LossShape: Sendable, Hashable {
    /// Where Huber's loss becomes linear.
    public var huberDelta: Double
    /// The quantile that the quantile loss asks for; between 0 and 1.
    public var quantile: Double
    /// Residuals that the epsilon-insensitive loss doesn't mind; may be 0.
    public var tolerance: Double

    public init(huberDelta: Double = 1, quantile: Double = 0.5, tolerance: Double = 0.1) {
        self.huberDelta = huberDelta
        self.quantile = quantile
        self.tolerance = tolerance
    }
}
