/// The residual, weighted by `level` where the label lies above and by `1 - level` where it lies below: least at the label's
/// quantile of that level. Half of the absolute error at 0.5.
///
/// The gradient at the corner, where both sides would do, is 0.
/// - Source: Koenker and Bassett, Econometrica 46 (1978).
public enum QuantileLoss {
    @inline(__always)
    public static func value(margin: Double, target: Double, level: Double) -> Double {
        let residual = target - margin
        return residual > 0 ? level * residual : (level - 1) * residual
    }

    @inline(__always)
    public static func gradient(margin: Double, target: Double, level: Double) -> Double {
        margin == target ? 0 : margin < target ? -level : 1 - level
    }
}
