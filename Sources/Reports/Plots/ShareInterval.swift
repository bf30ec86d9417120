/// How sure a share is that was counted.
package enum ShareInterval {
    /// The interval with 95 % confidence; everything where nothing was counted.
    /// - Source: Wilson, Journal of the American Statistical Association 22 (1927).
    package static func wilson(_ share: Double, of count: Double) -> ClosedRange<Double> {
        guard count > 0 else { return 0...1 }
        let z = 1.959964
        let middle = (share + z * z / (2 * count)) / (1 + z * z / count)
        let half = z / (1 + z * z / count) * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
        return max(0, middle - half)...min(1, middle + half)
    }
}
