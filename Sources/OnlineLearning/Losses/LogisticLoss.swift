#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The negative log likelihood of a class under the logistic model.
public enum LogisticLoss {
    /// `max(margin, 0) - target * margin + log(1 + exp(-|margin|))`: overflows for no margin, and in this order keeps what
    /// is left of the loss where the margin is sure and right.
    @inline(__always)
    public static func value(margin: Double, target: Double) -> Double {
        max(margin, 0) - target * margin + log1p(exp(-abs(margin)))
    }

    /// The probability of the positive class minus the target.
    @inline(__always)
    public static func gradient(margin: Double, target: Double) -> Double { probability(margin: margin) - target }

    /// Both at the price of one exponential.
    @inline(__always)
    static func valueAndGradient(margin: Double, target: Double) -> (value: Double, gradient: Double) {
        let power = exp(-abs(margin))
        let probability = (margin < 0 ? power : 1) / (1 + power)
        return (max(margin, 0) - target * margin + log1p(power), probability - target)
    }

    /// The logistic function, from the side on which `exp` can't overflow.
    @inline(__always)
    public static func probability(margin: Double) -> Double {
        let power = exp(-abs(margin))
        return (margin < 0 ? power : 1) / (1 + power)
    }
}
