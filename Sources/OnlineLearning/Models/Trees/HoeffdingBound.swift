internal import Glibc

/// How far the mean of n values in a range can be from the true one.
///
/// - Source: Hoeffding 1963; for trees Domingos and Hulten, Mining high-speed data streams, KDD 2000.
enum HoeffdingBound {
    /// - Parameter confidence: the chance of being further off; above 0, below 1.
    static func value(range: Double, confidence: Double, count: Double) -> Double {
        (range * range * log(1 / confidence) / (2 * count)).squareRoot()
    }
}
