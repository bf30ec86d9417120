/// The order in which changes are worth looking at.
public enum AlertRanking {
    /// What costs the loss most comes first; those of which that isn't known come after, by how many minimum effects
    /// they moved; of equals the one with the lower index.
    public static func precedes(_ first: Alert, _ second: Alert) -> Bool {
        let (left, right) = (first.verdict.lossEffect, second.verdict.lossEffect)
        switch (left, right) {
        case (let left?, let right?) where left != right: return left > right
        case (_?, nil): return true
        case (nil, _?): return false
        default:
            let (left, right) = (first.verdict.relativeEffect, second.verdict.relativeEffect)
            return left == right ? first.signal < second.signal : left > right
        }
    }
}

extension SignalVerdict {
    /// The effect in minimum effects.
    public var relativeEffect: Double { effect / minimumEffect }
}
