/// Straight down the gradient, in divided steps of several lengths.
struct GridFactorRule: FactorRule {
    typealias Lanes = FourLanes
    static var width: Int { 4 }
    let steps: FourLanes
    var dividesSteps: Bool { true }
    var withoutPenalties: Self { self }

    @inline(__always)
    func value(_ kept: UnsafePointer<Float>) -> FourLanes { .load(kept) }
    @inline(__always)
    func begin(_ kept: UnsafeMutablePointer<Float>, at value: Float) { FourLanes(all: value).store(to: kept) }
    @inline(__always)
    func move(_ kept: UnsafeMutablePointer<Float>, gradient: FourLanes, step: FourLanes) {
        (.load(kept) - step * gradient).store(to: kept)
    }
}
