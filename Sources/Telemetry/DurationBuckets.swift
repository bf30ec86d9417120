/// Counts of durations in the buckets that Prometheus is given: 1, 2.5, 5 to a decade.
///
/// - Cost: a `record` is one scan over at most 24 bounds. It holds its counts in place and allocates nothing.
package struct DurationBuckets: Sendable {
    /// Which decades a histogram covers.
    package enum Range: Sendable {
        /// 250 ns to 1 s: the work on one record.
        case computation
        /// 1 ms to 10 minutes: a record's way through topics.
        case transport

        /// Upper bounds, inclusive, ascending. Unit: nanoseconds.
        package var bounds: [UInt64] { self == .computation ? Self.computationBounds : Self.transportBounds }

        private static let computationBounds: [UInt64] = [
            250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
            10_000_000, 100_000_000, 1_000_000_000,
        ]
        private static let transportBounds: [UInt64] = [
            1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000, 250_000_000, 500_000_000,
            1_000_000_000, 2_500_000_000, 5_000_000_000, 10_000_000_000, 30_000_000_000, 60_000_000_000,
            600_000_000_000,
        ]
    }

    /// Of all bounds; the last count is that of durations above every bound.
    package static let bucketCount = 17

    package let range: Range
    private let bounds: [UInt64]
    private var counts: InlineArray<17, UInt64> = .init(repeating: 0)
    /// Unit: nanoseconds.
    package private(set) var sum: Double = 0
    package private(set) var count: UInt64 = 0

    package init(_ range: Range) {
        self.range = range
        bounds = range.bounds
    }

    /// Durations in bucket `index` alone, not in those below it.
    package subscript(index: Int) -> UInt64 { counts[index] }

    /// Counts one duration `times` times. A negative one, which a stepped clock gives, counts as zero.
    package mutating func record(nanoseconds: Int64, times: UInt64 = 1) {
        let duration = UInt64(max(0, nanoseconds))
        var bucket = 0
        while bucket < bounds.count, duration > bounds[bucket] { bucket += 1 }
        counts[bucket] &+= times
        count &+= times
        sum += Double(duration) * Double(times)
    }

    package mutating func add(_ other: borrowing DurationBuckets) {
        precondition(range == other.range, "histograms of one range only")
        for bucket in 0..<Self.bucketCount { counts[bucket] &+= other.counts[bucket] }
        count &+= other.count
        sum += other.sum
    }

    package mutating func reset() {
        counts = .init(repeating: 0)
        count = 0
        sum = 0
    }
}
