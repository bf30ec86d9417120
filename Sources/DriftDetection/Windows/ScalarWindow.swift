public import Records

/// Count, mean and deviation of one scalar signal over a window of records.
///
/// - Shape: scalar in. Unit: that of the signal. Cost: O(1), allocates nothing.
/// - Source: sums about the window's own first value. That value is in the window, so the variance is never much
///   smaller than its distance from the mean, and little can cancel.
public struct ScalarWindow: Sendable, Checkpointable {
    public private(set) var count: UInt64 = 0
    private var origin = 0.0
    private var sum = 0.0
    private var squares = 0.0

    public init() {}

    /// Adds one value; one that is not finite or beyond `Detector.largestMagnitude` changes nothing.
    public mutating func add(_ value: Double) {
        guard value.isWatchable else { return }
        if count == 0 { origin = value }
        let distance = value - origin
        count += 1
        sum += distance
        squares += distance * distance
    }

    public mutating func reset() { self = ScalarWindow() }

    /// Nil while the window is empty.
    public var mean: Double? { count == 0 ? nil : origin + sum / Double(count) }

    /// The population's standard deviation; nil while the window is empty.
    public var deviation: Double? {
        guard count > 0 else { return nil }
        let meanDistance = sum / Double(count)
        return max(0, squares / Double(count) - meanDistance * meanDistance).squareRoot()
    }

    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/count", counters: [count])
        archive.put("\(prefix)/sums", doubles: [origin, sum, squares])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters("\(prefix)/count", count: 1)
        let sums = try archive.finite("\(prefix)/sums", count: 3)
        count = counters[0]
        (origin, sum, squares) = (sums[0], sums[1], sums[2])
    }
}
