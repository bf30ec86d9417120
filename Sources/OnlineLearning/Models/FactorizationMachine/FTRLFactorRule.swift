/// FTRL-Proximal for each number.
/// - Source: McMahan et al., KDD (2013); a factor's sum begins where it gives the first factor.
struct FTRLFactorRule: FactorRule {
    typealias Lanes = OneLane
    static var width: Int { 2 }
    let rule: FTRLRule
    var steps: OneLane { OneLane(1) }
    var dividesSteps: Bool { false }
    var withoutPenalties: Self { Self(rule: rule.withoutPenalties) }

    @inline(__always)
    func value(_ kept: UnsafePointer<Float>) -> OneLane { OneLane(rule.weight(sum: kept[0], squares: kept[1])) }
    @inline(__always)
    func begin(_ kept: UnsafeMutablePointer<Float>, at value: Float) {
        kept[0] = -value * (rule.damping * rule.inverseStepSize + rule.l2) - (value < 0 ? -rule.l1 : rule.l1)
    }
    @inline(__always)
    func move(_ kept: UnsafeMutablePointer<Float>, gradient: OneLane, step: OneLane) {
        let weight = rule.weight(sum: kept[0], squares: kept[1])
        rule.update(sum: &kept[0], squares: &kept[1], weight: weight, gradient: step.value * gradient.value)
    }
}
