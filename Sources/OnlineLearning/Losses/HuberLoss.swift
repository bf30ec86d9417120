/// Squared within `delta` of the target, linear beyond, so that an outlier pulls no harder than `delta`.
/// - Source: Huber, Annals of Mathematical Statistics 35 (1964).
public enum HuberLoss {
    @inline(__always)
    public static func value(margin: Double, target: Double, delta: Double) -> Double {
        let distance = abs(margin - target)
        return distance <= delta ? 0.5 * distance * distance : delta * (distance - 0.5 * delta)
    }

    @inline(__always)
    public static func gradient(margin: Double, target: Double, delta: Double) -> Double {
        min(max(margin - target, -delta), delta)
    }
}
