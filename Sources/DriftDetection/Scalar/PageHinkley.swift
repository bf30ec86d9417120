public import Records

/// The Page-Hinkley test, two-sided: the faded sums of deviations from the mean, against their extremes.
///
/// - Shape: scalar in, `Bool` out. Unit: that of the watched value. Cost: O(1), allocates nothing.
/// - Source: Page, Continuous inspection schemes, Biometrika 41 (1954). Agrees with river 0.26, value for value: the
///   falling side's maximum starts at -1, and after a report everything starts afresh at the next value.
public struct PageHinkley: Checkpointable {
    private let configuration: PageHinkleyConfiguration
    private var count: UInt64 = 0
    private var mean = 0.0
    private var rising = 0.0
    private var falling = 0.0
    private var least = Double.infinity
    private var greatest = -1.0
    private var hasReported = false

    public init(_ configuration: PageHinkleyConfiguration = PageHinkleyConfiguration()) {
        precondition(configuration.threshold > 0 && configuration.alpha > 0 && configuration.alpha <= 1)
        self.configuration = configuration
    }

    /// Takes the next value in; one that is not finite or beyond `Detector.largestMagnitude` changes nothing.
    /// - Returns: true where a change is reported at this very value.
    public mutating func update(_ value: Double) -> Bool {
        guard value.isWatchable else { return false }
        if hasReported { self = PageHinkley(configuration) }
        count += 1
        // A product with the reciprocal, as river's mean has it: the last bit decides at which value a change is seen.
        mean += 1 / Double(count) * (value - mean)
        let deviation = value - mean
        rising = configuration.alpha * rising + deviation - configuration.delta
        falling = configuration.alpha * falling + deviation + configuration.delta
        if rising < least { least = rising }
        if falling > greatest { greatest = falling }
        hasReported = count >= UInt64(max(configuration.minimumValues, 0)) && statistic > configuration.threshold
        return hasReported
    }

    /// How far a sum has gone from its extreme; of two sides, the larger.
    public var statistic: Double {
        guard count > 0 else { return 0 }
        return switch configuration.mode {
        case .both: max(rising - least, greatest - falling)
        case .up: rising - least
        case .down: greatest - falling
        }
    }

    public var threshold: Double { configuration.threshold }

    /// The mean since the start or the last report; 0 before the first value.
    public var estimate: Double { mean }

    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/counters", counters: [count, hasReported ? 1 : 0])
        archive.put("\(prefix)/sums", doubles: [mean, rising, falling, least, greatest])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters("\(prefix)/counters", count: 2)
        let sums = try archive.doubles("\(prefix)/sums", count: 5)
        // Before the first value the least is infinite.
        guard sums.allSatisfy({ !$0.isNaN }) else {
            throw .impossible(name: "\(prefix)/sums", reason: "one of its values is no number")
        }
        count = counters[0]
        hasReported = counters[1] != 0
        (mean, rising, falling, least, greatest) = (sums[0], sums[1], sums[2], sums[3], sums[4])
    }
}
