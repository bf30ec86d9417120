/// When an episode opens and closes; one policy for all signals.
public struct AlertPolicy: Sendable, Hashable {
    /// Records at the start of a signal in which no alert is raised.
    public var warmUp: UInt64
    /// An episode closes below this share of the signal's minimum effect, in (0, 1]: between it and 1 nothing opens and
    /// nothing closes.
    public var closingShare: Double
    /// Windows one after the other that have to be below; at least 1.
    public var calmWindows: Int
    /// Windows one after the other in which a signal that has learned a new reference has to stand still there, until
    /// the new level is taken for the rule and the episode closes; at least 1.
    public var settledWindows: Int
    /// Records after a recovery in which no alert is raised.
    public var coolDown: UInt64

    public init(
        warmUp: UInt64 = 1000, closingShare: Double = 0.5, calmWindows: Int = 3, settledWindows: Int = 20,
        coolDown: UInt64 = 5000
    ) {
        self.warmUp = warmUp
        self.closingShare = closingShare
        self.calmWindows = calmWindows
        self.settledWindows = settledWindows
        self.coolDown = coolDown
    }

    func check() {
        precondition(closingShare > 0 && closingShare <= 1 && calmWindows >= 1 && settledWindows >= 1)
    }
}
