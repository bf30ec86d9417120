package import Records

/// How long labels take, counted in buckets whose width grows with the delay.
///
/// A bucket is the highest bit of a delay and the five bits below it, so a quantile is off by 1/64 of itself at most, and
/// exact below 64 ms. Whole numbers alone: the same on every machine.
/// - Shape: milliseconds in, quantiles in milliseconds out. Cost: O(1) a delay, O(buckets) a quantile; 9 KiB.
/// - Source: the bucket layout of HdrHistogram (Tene).
package struct DelayHistogram: ~Copyable, Checkpointable {
    private static let bits = 5
    /// Delays of 2^41 ms and more, which is 70 years, share the last bucket.
    private static let largest: Int64 = 1 << 41
    private static let buckets = bucket(of: largest) + 1

    private let counts: UnsafeMutableBufferPointer<UInt64>
    package private(set) var count: UInt64 = 0

    package init() {
        counts = .allocate(capacity: Self.buckets)
        counts.initialize(repeating: 0)
    }

    deinit { counts.deallocate() }

    /// - Parameter delay: milliseconds; below 0, where clocks differ, it is 0.
    package mutating func add(_ delay: Int64) {
        counts[Self.bucket(of: min(max(delay, 0), Self.largest))] += 1
        count += 1
    }

    package mutating func reset() {
        counts.update(repeating: 0)
        count = 0
    }

    /// The delay, in milliseconds, within which this share of the labels came; nil where none came.
    package func quantile(_ share: Double) -> Double? {
        guard count > 0 else { return nil }
        let rank = UInt64((share * Double(count)).rounded(.up))
        var seen: UInt64 = 0
        for bucket in counts.indices {
            seen += counts[bucket]
            if seen >= max(rank, 1) { return Self.middle(of: bucket) }
        }
        return nil
    }

    private static func bucket(of delay: Int64) -> Int {
        guard delay >= 1 << (bits + 1) else { return Int(delay) }
        let shift = 63 - delay.leadingZeroBitCount - bits
        return shift << bits + Int(delay >> Int64(shift))
    }

    private static func middle(of bucket: Int) -> Double {
        guard bucket >= 1 << (bits + 1) else { return Double(bucket) }
        let shift = bucket >> bits - 1
        let lowest = Int64(bucket - shift << bits) << Int64(shift)
        return Double(lowest) + Double((Int64(1) << Int64(shift)) - 1) / 2
    }

    package func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/delays", counters: UnsafeBufferPointer(counts))
    }

    package mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let saved = try archive.counters("\(prefix)/delays", count: counts.count)
        var sum: UInt64 = 0
        for value in saved {
            let (next, overflows) = sum.addingReportingOverflow(value)
            guard !overflows else { throw .impossible(name: "\(prefix)/delays", reason: "no one has counted so many") }
            sum = next
        }
        _ = counts.update(from: saved)
        count = sum
    }
}
