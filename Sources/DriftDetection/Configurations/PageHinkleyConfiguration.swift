/// Parameters of `PageHinkley` and `PageHinkleyMOA`; the defaults are those of river, MOA and frouros.
public struct PageHinkleyConfiguration: Sendable, Hashable {
    /// Which changes of the mean are looked for. `PageHinkleyMOA` knows only `up`, whatever stands here.
    public enum Mode: String, CaseIterable, Sendable {
        case both, up, down
    }

    /// No change is reported before so many values; at least 1.
    public var minimumValues: Int
    /// The change of the mean that is tolerated, in the values' unit.
    public var delta: Double
    /// The excess from which a change is reported, in the values' unit; above 0.
    public var threshold: Double
    /// What is left of the sums at each value, in (0, 1].
    public var alpha: Double
    public var mode: Mode

    public init(
        minimumValues: Int = 30, delta: Double = 0.005, threshold: Double = 50, alpha: Double = 1 - 0.0001,
        mode: Mode = .both
    ) {
        self.minimumValues = minimumValues
        self.delta = delta
        self.threshold = threshold
        self.alpha = alpha
        self.mode = mode
    }
}
