public import Records

/// A bagging ensemble as it is declared.
public struct BaggingConfiguration: Sendable, Equatable {
    public var target: Target
    /// 1 or more.
    public var members: Int
    /// How often a member learns a record, in the mean: each time it is drawn from the Poisson distribution; above 0, at most
    /// 100. 1 is online bagging, 6 leveraging bagging.
    public var bagging: Double
    /// The confidence of the change for the worse at which the worst member starts over, between 0 and 1; 0 for never.
    public var driftDelta: Double
    public var seed: UInt64

    public init(target: Target, members: Int = 10, bagging: Double = 1, driftDelta: Double = 0.002, seed: UInt64 = 42) {
        self.target = target
        self.members = members
        self.bagging = bagging
        self.driftDelta = driftDelta
        self.seed = seed
    }

    func check() {
        precondition(members >= 1 && bagging > 0 && bagging <= 100, "an ensemble has a member, and learns")
        precondition((0..<1).contains(driftDelta), "a chance lies between 0 and 1")
    }
}
