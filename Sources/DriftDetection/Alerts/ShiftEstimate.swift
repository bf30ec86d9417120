/// Since when a signal's mean has been another one, and by how much: the newest run that stands out most.
public struct ShiftEstimate: Sendable, Hashable {
    /// Values since the change, the newest one among them.
    public var values: UInt64
    /// The mean before the change, in the signal's unit; values far out count as if they were four deviations away.
    public var before: Double
    /// The mean since the change, taken in the same way.
    public var after: Double
    /// The standard deviation before the change, in the signal's unit; above 0.
    public var deviation: Double

    public init(values: UInt64, before: Double, after: Double, deviation: Double) {
        self.values = values
        self.before = before
        self.after = after
        self.deviation = deviation
    }

    /// The change of the mean in the signal's unit, with its sign: of a loss, what the change costs.
    public var change: Double { after - before }

    /// The change of the mean in standard deviations, with its sign.
    public var effect: Double { change / deviation }
}
