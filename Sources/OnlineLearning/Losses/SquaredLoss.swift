/// Half the squared residual, so that its gradient is the residual.
public enum SquaredLoss {
    @inline(__always)
    public static func value(margin: Double, target: Double) -> Double {
        let residual = margin - target
        return 0.5 * residual * residual
    }

    @inline(__always)
    public static func gradient(margin: Double, target: Double) -> Double { margin - target }
}
