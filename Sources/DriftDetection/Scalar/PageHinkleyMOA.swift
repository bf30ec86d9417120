public import Records

/// The Page-Hinkley test, one-sided: the faded sum of what exceeds the mean by more than `delta`, as it stands.
///
/// - Shape: scalar in, `Bool` out. Unit: that of the watched value. Cost: O(1), allocates nothing.
/// - Source: Page, Continuous inspection schemes, Biometrika 41 (1954). Agrees with MOA's `PageHinkleyDM`, which
///   CapyMOA wraps, and with frouros 0.9, value for value: the sum is neither clamped at 0 nor held against
///   its minimum, so a long time below the mean delays a report. Only a rise is reported.
public struct PageHinkleyMOA: Checkpointable {
    private let configuration: PageHinkleyConfiguration
    private var count: UInt64 = 0
    private var mean = 0.0
    private var excess = 0.0
    private var hasReported = false

    /// - Parameter configuration: its `mode` is ignored.
    public init(_ configuration: PageHinkleyConfiguration = PageHinkleyConfiguration()) {
        precondition(configuration.threshold > 0 && configuration.alpha > 0 && configuration.alpha <= 1)
        self.configuration = configuration
    }

    /// Takes the next value in; one that is not finite or beyond `Detector.largestMagnitude` changes nothing.
    /// - Returns: true where a change is reported at this very value.
    public mutating func update(_ value: Double) -> Bool {
        guard value.isWatchable else { return false }
        if hasReported { self = PageHinkleyMOA(configuration) }
        count += 1
        mean += (value - mean) / Double(count)
        excess = configuration.alpha * excess + (value - mean - configuration.delta)
        hasReported = count >= UInt64(max(configuration.minimumValues, 0)) && excess > configuration.threshold
        return hasReported
    }

    public var statistic: Double { excess }
    public var threshold: Double { configuration.threshold }

    /// The mean since the start or the last report; 0 before the first value.
    public var estimate: Double { mean }

    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/counters", counters: [count, hasReported ? 1 : 0])
        archive.put("\(prefix)/sums", doubles: [mean, excess])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters("\(prefix)/counters", count: 2)
        let sums = try archive.finite("\(prefix)/sums", count: 2)
        count = counters[0]
        hasReported = counters[1] != 0
        (mean, excess) = (sums[0], sums[1])
    }
}
