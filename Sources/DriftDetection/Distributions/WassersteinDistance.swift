/// The Wasserstein distance of order 1 (earth mover's) between two samples: how far their values have to be moved.
///
/// - Source: Vallender, Theory of Probability and its Applications 18 (1974): the area between the distribution
///   functions. Agrees with `scipy.stats.wasserstein_distance`.
public enum WassersteinDistance {
    /// - Shape: both sorted, finite, not empty. Unit: that of the values. Cost: O(n + m), allocates nothing.
    public static func between(_ first: UnsafeBufferPointer<Double>, _ second: UnsafeBufferPointer<Double>) -> Double {
        let (stepOfFirst, stepOfSecond) = (1 / Double(first.count), 1 / Double(second.count))
        var (left, right) = (0, 0)
        var value = min(first[0], second[0])
        var area = 0.0
        while left < first.count || right < second.count {
            let next = min(
                left < first.count ? first[left] : .infinity, right < second.count ? second[right] : .infinity)
            area += (next - value) * (Double(left) * stepOfFirst - Double(right) * stepOfSecond).magnitude
            value = next
            while left < first.count && first[left] == value { left += 1 }
            while right < second.count && second[right] == value { right += 1 }
        }
        return area
    }
}
