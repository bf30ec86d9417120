public import Records

/// A stacking ensemble as it is declared.
public struct StackingConfiguration: Sendable, Equatable {
    /// With labels.
    public var target: Target
    /// 1 or more.
    public var members: Int
    /// How much a member's weight falls with its loss: by e^-(rate × loss); above 0. At 1 classes are mixed as Bayes' rule says.
    public var rate: Double
    /// The share of all weight that goes back to all members alike at each record, so that one that was bad can be heard again
    /// soon; 0 or more, below 1.
    public var share: Double

    public init(target: Target, members: Int, rate: Double = 1, share: Double = 0.001) {
        self.target = target
        self.members = members
        self.rate = rate
        self.share = share
    }

    func check() {
        precondition(members >= 1 && rate > 0 && (0..<1).contains(share), "an ensemble has a member, and learns")
        precondition(target != .unlabelled, "what isn't labelled can't be weighed")
    }
}
