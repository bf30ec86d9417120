#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The negative log likelihood of a count under a Poisson law whose log mean is the margin, what the count alone decides left
/// out. It may be negative.
public enum PoissonLoss {
    /// Margins count for no more than this, so that the mean stays a number that can be worked with.
    public static let largestMargin = 30.0

    @inline(__always)
    public static func mean(margin: Double) -> Double { exp(min(margin, largestMargin)) }

    @inline(__always)
    public static func value(margin: Double, target: Double) -> Double { mean(margin: margin) - target * margin }

    /// The least value that any margin has for this count.
    @inline(__always)
    static func least(target: Double) -> Double { target > 0 ? target - target * log(target) : 0 }

    @inline(__always)
    public static func gradient(margin: Double, target: Double) -> Double { mean(margin: margin) - target }
}
