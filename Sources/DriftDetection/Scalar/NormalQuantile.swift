internal import Glibc

/// Quantiles of the normal distribution.
enum NormalQuantile {
    /// The largest value that a standard normal one exceeds in magnitude with at least this probability.
    ///
    /// - Cost: about sixty calls of `erfc`: a test compares with the quantile, and calls none.
    /// - Parameter probability: in (0, 1).
    static func twoSided(_ probability: Double) -> Double {
        // erfc is 0 from here on.
        var (below, above) = (0.0, 40.0)
        while true {
            let middle = below + (above - below) / 2
            guard middle > below && middle < above else { return below }
            if erfc(middle / 2.0.squareRoot()) >= probability { below = middle } else { above = middle }
        }
    }
}
