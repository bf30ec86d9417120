public import Records

/// The cumulative sum of what exceeds the mean by more than is tolerated, clamped at 0.
///
/// - Shape: scalar in, `Bool` out. Unit: that of the watched value. Cost: O(1), allocates nothing.
/// - Source: Page, Continuous inspection schemes, Biometrika 41 (1954). Agrees with MOA's `CusumDM`, which CapyMOA
///   wraps, and with frouros 0.9, value for value: the mean is the running one, and only a rise is reported.
public struct CUSUM: Checkpointable {
    private let configuration: CUSUMConfiguration
    private var count = 0
    private var mean = 0.0
    private var sum = 0.0
    private var hasReported = false

    public init(_ configuration: CUSUMConfiguration = CUSUMConfiguration()) {
        precondition(configuration.threshold > 0, "the threshold of CUSUM is above 0")
        self.configuration = configuration
    }

    /// Takes the next value in; one that is not finite or beyond `Detector.largestMagnitude` changes nothing.
    /// - Returns: true where a change is reported at this very value.
    public mutating func update(_ value: Double) -> Bool {
        guard value.isWatchable else { return false }
        if hasReported { self = CUSUM(configuration) }
        count += 1
        mean += (value - mean) / Double(count)
        sum = max(0, sum + value - mean - configuration.delta)
        // Those libraries count from 1: the first report can come one value before the minimum.
        hasReported = count + 1 >= configuration.minimumValues && sum > configuration.threshold
        return hasReported
    }

    public var statistic: Double { sum }
    public var threshold: Double { configuration.threshold }

    /// The mean since the start or the last report; 0 before the first value.
    public var estimate: Double { mean }

    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/counters", counters: [UInt64(count), hasReported ? 1 : 0])
        archive.put("\(prefix)/sums", doubles: [mean, sum])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counts("\(prefix)/counters", count: 2)
        let sums = try archive.finite("\(prefix)/sums", count: 2)
        count = counters[0]
        hasReported = counters[1] != 0
        (mean, sum) = (sums[0], sums[1])
    }
}
