internal import Glibc

/// The Kolmogorov-Smirnov test of two samples: the largest distance between their distribution functions.
///
/// - Source: Kolmogorov (1933), Smirnov (1939); the exact chance by lattice paths: Hodges, The significance probability
///   of the Smirnov two-sample test, Arkiv för Matematik 3 (1958), and Schröer and Trenkler, Computational Statistics
///   and Data Analysis 20 (1995), whose recursion has no cancellation. Agrees with scipy's `ks_2samp`,
///   `method="exact"`, and with `scipy.special.kolmogorov`.
public enum KolmogorovSmirnov {
    /// The distance of two samples, from 0 to 1.
    /// - Shape: both sorted, not empty, and without NaN; infinities are values like others. Cost: O(n + m), allocates
    ///   nothing.
    public static func statistic(_ first: UnsafeBufferPointer<Double>, _ second: UnsafeBufferPointer<Double>) -> Double
    {
        var (left, right) = (0, 0)
        // The difference of the two shares, times both counts: a whole number.
        var (difference, largest) = (0, 0)
        while left < first.count && right < second.count {
            let value = min(first[left], second[right])
            while left < first.count && first[left] == value {
                left += 1
                difference += second.count
            }
            while right < second.count && second[right] == value {
                right += 1
                difference -= first.count
            }
            largest = max(largest, abs(difference))
        }
        return share(of: largest, first.count, second.count)
    }

    /// The same distance of a sample in any order from one that is sorted, for which nothing has to be sorted.
    /// - Parameter tallies: 2 × `sorted.count` + 1 zeros, and again zeros after.
    /// - Cost: O(n + m log n), allocates nothing.
    public static func statistic(
        _ sorted: UnsafeBufferPointer<Double>, unsorted: UnsafeBufferPointer<Double>,
        tallies: UnsafeMutableBufferPointer<UInt32>
    ) -> Double {
        precondition(tallies.count == 2 * sorted.count + 1)
        for start in stride(from: 0, to: unsorted.count, by: 8) {
            var values = SIMD8<Double>.zero
            for lane in 0..<8 { values[lane] = unsorted[min(start + lane, unsorted.count - 1)] }
            let ranks = sorted.lowerBounds(of: values)
            for lane in 0..<min(8, unsorted.count - start) {
                // Even: in the gap below the sorted value of that rank. Odd: equal to it.
                let rank = Int(ranks[lane])
                let isEqual = rank < sorted.count && sorted[rank] == unsorted[start + lane]
                tallies[2 * rank + (isEqual ? 1 : 0)] += 1
            }
        }
        var left = 0
        // As above.
        var (difference, largest) = (0, 0)
        // Between two sorted values the distance is largest at one end of the gap.
        while left < sorted.count {
            let first = left
            difference -= Int(tallies[2 * first]) * sorted.count
            largest = max(largest, abs(difference))
            left += 1
            while left < sorted.count && sorted[left] == sorted[first] { left += 1 }
            difference += (left - first) * unsorted.count - Int(tallies[2 * first + 1]) * sorted.count
            largest = max(largest, abs(difference))
        }
        tallies.update(repeating: 0)
        return share(of: largest, sorted.count, unsorted.count)
    }

    private static func share(of difference: Int, _ first: Int, _ second: Int) -> Double {
        Double(difference) / (Double(first) * Double(second))
    }

    /// The chance of at least this distance between two samples of one distribution, for distributions without ties;
    /// with ties it is larger than the truth.
    /// - Cost: O(n × m), and m + 1 numbers of memory for the call.
    public static func exactPValue(_ statistic: Double, counts first: Int, _ second: Int) -> Double {
        // Distances are whole multiples of 1 / (first × second).
        let least = (statistic * Double(first) * Double(second)).rounded()
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: second + 1) { touched in
            touched.initialize(repeating: 0)
            // touched[j]: of the paths to (i, j), the share that has been as far off the diagonal as the statistic.
            for i in 0...first {
                for j in 0...second {
                    let distance = (Double(i) * Double(second) - Double(j) * Double(first)).magnitude
                    if distance >= least {
                        touched[j] = 1
                    } else if i + j > 0 {
                        let fromLeft = j > 0 ? Double(j) * touched[j - 1] : 0
                        touched[j] = (Double(i) * touched[j] + fromLeft) / Double(i + j)
                    }
                }
            }
            return touched[second]
        }
    }

    /// The chance of at least this distance between two large samples.
    /// - Parameter effectiveCount: n × m / (n + m), less where neighbouring values are alike.
    /// - Source: the limit distribution, with Stephens' correction for finite samples (Journal of the Royal Statistical
    ///   Society B 32, 1970).
    public static func asymptoticPValue(_ statistic: Double, effectiveCount: Double) -> Double {
        let root = effectiveCount.squareRoot()
        return limitTail(statistic * (root + 0.12 + 0.11 / root))
    }

    /// The Kolmogorov distribution's upper tail.
    public static func limitTail(_ point: Double) -> Double {
        guard point > 0 else { return 1 }
        var sum = 0.0
        if point < 1 {
            // The dual series: the other one converges slowly here.
            for index in 0..<4 {
                let odd = Double(2 * index + 1) * .pi
                sum += exp(-odd * odd / (8 * point * point))
            }
            return 1 - (2 * Double.pi).squareRoot() / point * sum
        }
        var sign = 1.0
        for index in 1...8 {
            sum += sign * exp(-2 * Double(index * index) * point * point)
            sign = -sign
        }
        return min(1, 2 * sum)
    }
}

extension UnsafeBufferPointer<Double> {
    /// How many of the values, which are sorted, lie below each of these.
    /// - Cost: O(log n) steps, as many for every value: there is no branch to guess wrong, and eight go side by side, so
    ///   that none waits for the others' memory.
    @inline(__always)
    fileprivate func lowerBounds(of wanted: SIMD8<Double>) -> SIMD8<Int64> {
        var firsts = SIMD8<Int64>.zero
        guard count > 0 else { return firsts }
        var length = count
        while length > 1 {
            let half = length / 2
            firsts = advanced(firsts, by: half, whereBelow: wanted, at: half - 1)
            length -= half
        }
        return advanced(firsts, by: 1, whereBelow: wanted, at: 0)
    }

    @inline(__always)
    private func advanced(
        _ firsts: SIMD8<Int64>, by step: Int, whereBelow wanted: SIMD8<Double>, at distance: Int
    ) -> SIMD8<Int64> {
        var found = SIMD8<Double>.zero
        for lane in 0..<8 { found[lane] = self[Int(firsts[lane]) &+ distance] }
        return firsts.replacing(with: firsts &+ Int64(step), where: found .< wanted)
    }
}
