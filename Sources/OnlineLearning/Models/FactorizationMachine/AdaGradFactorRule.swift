/// A step for each number, divided by the root of the sum of its squared gradients.
/// - Source: Duchi, Hazan and Singer, JMLR 12 (2011), diagonal form.
struct AdaGradFactorRule: FactorRule {
    typealias Lanes = OneLane
    static var width: Int { 2 }
    let stepSize: Float
    var steps: OneLane { OneLane(stepSize) }
    var dividesSteps: Bool { false }
    var withoutPenalties: Self { self }

    @inline(__always)
    func value(_ kept: UnsafePointer<Float>) -> OneLane { OneLane(kept[0]) }
    @inline(__always)
    func begin(_ kept: UnsafeMutablePointer<Float>, at value: Float) { kept[0] = value }
    @inline(__always)
    func move(_ kept: UnsafeMutablePointer<Float>, gradient: OneLane, step: OneLane) {
        kept[1] += gradient.value * gradient.value
        kept[0] -= step.value * gradient.value / (kept[1].squareRoot() + 1e-8)
    }
}
