/// The absolute residual beyond `tolerance`; nothing within it.
/// - Source: Vapnik, The Nature of Statistical Learning Theory (1995).
public enum InsensitiveLoss {
    @inline(__always)
    public static func value(margin: Double, target: Double, tolerance: Double) -> Double {
        max(0, abs(margin - target) - tolerance)
    }

    @inline(__always)
    public static func gradient(margin: Double, target: Double, tolerance: Double) -> Double {
        let residual = margin - target
        return residual > tolerance ? 1 : residual < -tolerance ? -1 : 0
    }
}
