/// How far the margin falls short of 1 on the target's side.
///
/// The gradient at the corner, where both sides would do, is 0.
public enum HingeLoss {
    @inline(__always)
    public static func value(margin: Double, target: Double) -> Double { max(0, 1 - side(target) * margin) }

    @inline(__always)
    public static func gradient(margin: Double, target: Double) -> Double {
        side(target) * margin < 1 ? -side(target) : 0
    }

    /// 0 and 1 as -1 and 1.
    @inline(__always)
    private static func side(_ target: Double) -> Double { 2 * target - 1 }
}
