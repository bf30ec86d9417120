public import Records

/// The drift detection method: the error rate and its deviation, against their least since the start.
///
/// - Shape: an error (1) or none (0) in, `Bool` out. Unit: none; a value is an error from 0.5 on. Cost: O(1), allocates
///   nothing.
/// - Source: Gama, Medas, Castillo and Rodrigues, Learning with drift detection, SBIA 2004. Agrees with river 0.26, value
///   for value; frouros 0.9 and CapyMOA look one value earlier (`minimumValues` 29), CapyMOA keeps the least of one more.
public struct DDM: Checkpointable {
    private let configuration: DDMConfiguration
    private var count = 0
    private var rate = 0.0
    private var leastRate = Double.greatestFiniteMagnitude
    private var leastDeviation = Double.greatestFiniteMagnitude
    private var hasReported = false

    /// Whether the error rate is high enough for a warning, as of the last value, and not for a report.
    public private(set) var isWarning = false

    public init(_ configuration: DDMConfiguration = DDMConfiguration()) {
        precondition(configuration.warningLevel > 0 && configuration.driftLevel > 0, "the levels of DDM are above 0")
        self.configuration = configuration
    }

    /// Takes the next value in; one that is not finite or beyond `Detector.largestMagnitude` changes nothing.
    /// - Returns: true where a change is reported at this very value.
    public mutating func update(_ value: Double) -> Bool {
        guard value.isWatchable else { return false }
        if hasReported { self = DDM(configuration) }
        count += 1
        // A product with the reciprocal, as river's mean has it: the last bit decides what is the least.
        rate += 1 / Double(count) * ((value.isError ? 1 : 0) - rate)
        guard hasBegun else { return false }
        let sum = statistic
        if sum <= leastRate + leastDeviation { (leastRate, leastDeviation) = (rate, deviation) }
        hasReported = sum > threshold
        isWarning = !hasReported && sum > leastRate + configuration.warningLevel * leastDeviation
        return hasReported
    }

    private var hasBegun: Bool { count > max(configuration.minimumValues, 0) }

    /// Rounding can take a rate of only errors past 1.
    private var deviation: Double { max(0, rate * (1 - rate) / Double(count)).squareRoot() }

    /// The error rate and one deviation of it; 0 before the detector looks.
    public var statistic: Double { hasBegun ? rate + deviation : 0 }

    public var threshold: Double { hasBegun ? leastRate + configuration.driftLevel * leastDeviation : 0 }

    /// The error rate since the start or the last report; 0 before the first value.
    public var estimate: Double { rate }

    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/counters", counters: [UInt64(count), hasReported ? 1 : 0, isWarning ? 1 : 0])
        archive.put("\(prefix)/rates", doubles: [rate, leastRate, leastDeviation])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counts("\(prefix)/counters", count: 3)
        let rates = try archive.finite("\(prefix)/rates", count: 3)
        count = counters[0]
        (hasReported, isWarning) = (counters[1] != 0, counters[2] != 0)
        (rate, leastRate, leastDeviation) = (rates[0], rates[1], rates[2])
    }
}
