/// Parameters of `KSWIN`; the defaults are river's.
public struct KSWINConfiguration: Sendable, Hashable {
    /// The most values of a sample, so that its test is the exact one.
    public static let largestSample = 10_000

    /// A change is reported where the test's p is at most this; in (0, 1).
    public var alpha: Double
    /// The values that are kept; at least twice `sample`.
    public var window: Int
    /// The values on either side of the test, in 1...`largestSample`.
    public var sample: Int
    /// Of the generator that draws the older side; it starts anew after each report.
    public var seed: UInt64

    public init(alpha: Double = 0.005, window: Int = 100, sample: Int = 30, seed: UInt64 = 42) {
        self.alpha = alpha
        self.window = window
        self.sample = sample
        self.seed = seed
    }
}
