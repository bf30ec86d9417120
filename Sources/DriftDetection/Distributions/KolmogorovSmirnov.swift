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
        let (stepOfFirst, stepOfSecond) = (1 / Double(first.count), 1 / Double(second.count))
        var (left, right) = (0, 0)
        var largest = 0.0
        while left < first.count && right < second.count {
            let value = min(first[left], second[right])
            while left < first.count && first[left] == value { left += 1 }
            while right < second.count && second[right] == value { right += 1 }
            largest = max(largest, (Double(left) * stepOfFirst - Double(right) * stepOfSecond).magnitude)
        }
        return largest
    }

    /// The same distance of a sample in any order from one that is sorted, for which nothing has to be sorted.
    /// - Parameter tallies: 2 × `sorted.count` + 1 zeros, and again zeros after.
    /// - Cost: O(n + m log n), allocates nothing.
    public static func statistic(
        _ sorted: UnsafeBufferPointer<Double>, unsorted: UnsafeBufferPointer<Double>,
        tallies: UnsafeMutableBufferPointer<UInt32>
    ) -> Double {
        precondition(tallies.count == 2 * sorted.count + 1)
        for value in unsorted {
            // Even: in the gap below the sorted value of that rank. Odd: equal to it.
            let rank = sorted.lowerBound(of: value)
            let isEqual = rank < sorted.count && sorted[rank] == value
            tallies[2 * rank + (isEqual ? 1 : 0)] += 1
        }
        let (stepOfSorted, stepOfOther) = (1 / Double(sorted.count), 1 / Double(unsorted.count))
        var (left, right) = (0, 0)
        var largest = 0.0
        // Between two sorted values the distance is largest at one end of the gap.
        while left < sorted.count {
            let first = left
            right += Int(tallies[2 * first])
            largest = max(largest, (Double(left) * stepOfSorted - Double(right) * stepOfOther).magnitude)
            left += 1
            while left < sorted.count && sorted[left] == sorted[first] { left += 1 }
            right += Int(tallies[2 * first + 1])
            largest = max(largest, (Double(left) * stepOfSorted - Double(right) * stepOfOther).magnitude)
        }
        tallies.update(repeating: 0)
        return largest
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
    /// How many of the values, which are sorted, lie below this one.
    /// - Cost: O(log n) steps, as many for every value: there is no branch to guess wrong.
    @inline(__always)
    fileprivate func lowerBound(of value: Double) -> Int {
        var first = 0
        var length = count
        while length > 1 {
            let half = length / 2
            first += self[first + half - 1] < value ? half : 0
            length -= half
        }
        return length == 0 ? 0 : first + (self[first] < value ? 1 : 0)
    }
}
