/// The square of how far the margin falls short of 1 on the target's side: smooth where the hinge has its corner.
public enum SquaredHingeLoss {
    @inline(__always)
    public static func value(margin: Double, target: Double) -> Double {
        let shortfall = HingeLoss.value(margin: margin, target: target)
        return shortfall * shortfall
    }

    @inline(__always)
    public static func gradient(margin: Double, target: Double) -> Double {
        2 * HingeLoss.value(margin: margin, target: target) * HingeLoss.gradient(margin: margin, target: target)
    }
}
