#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A number of one learner.
struct OneLane: WeightRow {
    static var count: Int { 1 }
    var value: Float

    @inline(__always)
    init(_ value: Float) { self.value = value }
    @inline(__always)
    init(all value: Float) { self.value = value }
    @inline(__always)
    init(lanes value: (Int) -> Float) { self.value = value(0) }
    @inline(__always)
    var total: Float { value }
    @inline(__always)
    var largest: Float { value }
    @inline(__always)
    var magnitudes: OneLane { OneLane(abs(value)) }
    @inline(__always)
    var roots: OneLane { OneLane(value.squareRoot()) }
    @inline(__always)
    var exponentials: OneLane { OneLane(expf(within(-87, 87).value)) }
    @inline(__always)
    func within(_ lowest: Float, _ highest: Float) -> OneLane {
        OneLane(value < lowest ? lowest : value > highest ? highest : value)
    }
    @inline(__always)
    func isBelow(_ limit: Float) -> Bool { value < limit }
    @inline(__always)
    func exceeds(_ limit: OneLane) -> OneLane { OneLane(value <= limit.value ? 0 : 1) }
    @inline(__always)
    static func + (left: OneLane, right: OneLane) -> OneLane { OneLane(left.value + right.value) }
    @inline(__always)
    static func - (left: OneLane, right: OneLane) -> OneLane { OneLane(left.value - right.value) }
    @inline(__always)
    static func * (left: OneLane, right: OneLane) -> OneLane { OneLane(left.value * right.value) }
    @inline(__always)
    static func / (left: OneLane, right: OneLane) -> OneLane { OneLane(left.value / right.value) }
}
