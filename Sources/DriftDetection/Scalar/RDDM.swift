public import Records

/// The reactive drift detection method: DDM that makes its statistics anew from recent values, and so stays sensitive.
///
/// - Shape: an error (1) or none (0) in, `Bool` out. Unit: none; a value is an error from 0.5 on. Cost: O(1), and after
///   a report, or once in a long concept, O(`storedValues`); memory one byte a stored value, made at init; allocates
///   nothing after.
/// - Source: Barros, Cabral, Gonçalves and Santos, RDDM: Reactive drift detection method, Expert Systems with
///   Applications 90 (2017). Agrees with MOA's `RDDM`, which CapyMOA wraps, value for value.
public struct RDDM: ~Copyable, Checkpointable {
    private let configuration: RDDMConfiguration
    private var stored: ErrorRing
    private var count = 0
    private var rate = 0.0
    private var leastRate = Double.greatestFiniteMagnitude
    private var leastDeviation = Double.greatestFiniteMagnitude
    /// The values since the warning began, with the first one; 0 while there is none.
    private var warningAge = 0
    /// Whether the next value comes after statistics that are made anew.
    private var isDue = false
    private var hasReported = false

    /// Whether the error rate is high enough for a warning, as of the last value, and not for a report.
    public private(set) var isWarning = false

    public init(_ configuration: RDDMConfiguration = RDDMConfiguration()) {
        self.init(configuration, storedValues: configuration.storedValues)
    }

    init(_ configuration: RDDMConfiguration, storedValues: Int) {
        precondition(configuration.storedValues >= 1, "RDDM stores at least one value")
        precondition(configuration.warningLevel > 0 && configuration.driftLevel > 0, "the levels of RDDM are above 0")
        self.configuration = configuration
        stored = ErrorRing(capacity: storedValues)
    }

    /// Takes the next value in; one that is not finite or beyond `Detector.largestMagnitude` changes nothing.
    /// - Returns: true where a change is reported at this very value.
    public mutating func update(_ value: Double) -> Bool {
        guard value.isWatchable else { return false }
        if isDue { startAnew() }
        stored.append(value.isError)
        add(value.isError)
        if warningAge > 0 { warningAge += 1 }
        isWarning = false
        guard hasBegun else { return false }
        keepLeast()
        if statistic > threshold {
            report(keeping: warningAge == 0 ? 1 : min(warningAge, stored.count))
        } else if statistic > leastRate + configuration.warningLevel * leastDeviation {
            warn()
        } else {
            warningAge = 0
            isDue = count + 1 > configuration.longestConcept
        }
        return hasReported
    }

    private mutating func warn() {
        if warningAge > configuration.longestWarning { return report(keeping: 1) }
        if warningAge == 0 { warningAge = 1 }
        isWarning = true
    }

    /// - Parameter kept: the newest values, which the statistics are then made from.
    private mutating func report(keeping kept: Int) {
        (hasReported, isDue) = (true, true)
        stored.keepNewest(kept)
    }

    private mutating func startAnew() {
        if hasReported { (leastRate, leastDeviation) = (.greatestFiniteMagnitude, .greatestFiniteMagnitude) }
        (count, rate, warningAge) = (0, 0, 0)
        for index in 0..<stored.count {
            add(stored.isError(index))
            if hasReported && count > configuration.minimumValues { keepLeast() }
        }
        (hasReported, isDue) = (false, false)
    }

    private mutating func add(_ isError: Bool) {
        count += 1
        rate += ((isError ? 1 : 0) - rate) / Double(count)
    }

    private mutating func keepLeast() {
        let deviation = deviation
        if rate + deviation < leastRate + leastDeviation { (leastRate, leastDeviation) = (rate, deviation) }
    }

    private var hasBegun: Bool { count >= max(configuration.minimumValues, 1) }

    /// Rounding can take a rate of only errors past 1.
    private var deviation: Double { max(0, rate * (1 - rate) / Double(count)).squareRoot() }

    /// The error rate and one deviation of it; 0 before the detector looks.
    public var statistic: Double { hasBegun ? rate + deviation : 0 }

    public var threshold: Double {
        hasBegun && leastRate <= 1 ? leastRate + configuration.driftLevel * leastDeviation : 0
    }

    /// The error rate of the present concept; 0 before the first value.
    public var estimate: Double { rate }

    public func save(to archive: inout StateArchive, under prefix: String) {
        let flags: [UInt64] = [isDue ? 1 : 0, hasReported ? 1 : 0, isWarning ? 1 : 0]
        archive.put("\(prefix)/counters", counters: [UInt64(count), UInt64(warningAge)] + flags)
        archive.put("\(prefix)/rates", doubles: [rate, leastRate, leastDeviation])
        stored.save(to: &archive, under: prefix)
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counts("\(prefix)/counters", count: 5)
        let rates = try archive.finite("\(prefix)/rates", count: 3)
        try stored.restore(from: archive, under: prefix)
        (count, warningAge) = (counters[0], counters[1])
        (isDue, hasReported, isWarning) = (counters[2] != 0, counters[3] != 0, counters[4] != 0)
        (rate, leastRate, leastDeviation) = (rates[0], rates[1], rates[2])
    }
}
