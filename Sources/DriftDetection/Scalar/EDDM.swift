public import Records

/// The early drift detection method: the distance between errors, against its greatest since the start.
///
/// - Shape: an error (1) or none (0) in, `Bool` out. Unit: none; a value is an error from 0.5 on. Cost: O(1), allocates
///   nothing.
/// - Source: Baena-García and others, Early drift detection method, workshop on knowledge discovery from data streams
///   2006. The paper doesn't say which deviation, nor which errors are the first to count: `paper` agrees with river
///   0.26 (the sample's), `moa` with CapyMOA 0.15 and `frouros` with frouros 0.9 (the population's), value for value.
public struct EDDM: Checkpointable {
    private let configuration: EDDMConfiguration
    private let convention: Convention
    private var count = 0
    private var errors = 0
    private var lastError = 0
    private var mean = 0.0
    private var squares = 0.0
    private var greatest = 0.0
    private var latest = 0.0
    private var hasReported = false

    /// Whether the distance is small enough for a warning, as of the last error, and not for a report.
    public private(set) var isWarning = false

    public init(_ configuration: EDDMConfiguration = EDDMConfiguration(), convention: Convention = .paper) {
        precondition(configuration.driftShare > 0 && configuration.warningShare > 0, "the shares of EDDM are above 0")
        self.configuration = configuration
        self.convention = convention
    }

    /// Takes the next value in; one that is not finite or beyond `Detector.largestMagnitude` changes nothing.
    /// - Returns: true where a change is reported at this very value.
    public mutating func update(_ value: Double) -> Bool {
        guard value.isWatchable else { return false }
        if hasReported { self = EDDM(configuration, convention: convention) }
        count += 1
        guard value.isError else { return false }
        addDistance(Double(count - lastError))
        lastError = count
        guard count >= configuration.minimumErrors + (convention == .paper ? 1 : 0) else { return false }
        latest = mean + 2 * deviation
        if latest > greatest {
            greatest = latest
            // river leaves a warning as it stands there.
            if convention != .paper { isWarning = false }
        } else if errors >= configuration.minimumErrors + (convention == .frouros ? 0 : 1) {
            hasReported = latest / greatest < configuration.driftShare
            isWarning = !hasReported && latest / greatest < configuration.warningShare
        }
        return hasReported
    }

    private mutating func addDistance(_ distance: Double) {
        errors += 1
        let before = mean
        mean += (distance - mean) / Double(errors)
        squares += (distance - mean) * (distance - before)
    }

    private var deviation: Double {
        let degrees = convention == .paper ? errors - 1 : errors
        return degrees > 0 ? (squares / Double(degrees)).squareRoot() : 0
    }

    /// By what share the mean distance and two deviations of it have fallen from their greatest; 0 before the first.
    public var statistic: Double { greatest > 0 ? 1 - latest / greatest : 0 }

    public var threshold: Double { 1 - configuration.driftShare }

    /// The mean number of values from one error to the next, since the start or the last report; 0 before the first.
    public var estimate: Double { mean }

    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(
            "\(prefix)/counters",
            counters: [UInt64(count), UInt64(errors), UInt64(lastError), hasReported ? 1 : 0, isWarning ? 1 : 0])
        archive.put("\(prefix)/distances", doubles: [mean, squares, greatest, latest])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counts("\(prefix)/counters", count: 5)
        let distances = try archive.finite("\(prefix)/distances", count: 4)
        guard counters[1] <= counters[2], counters[2] <= counters[0], distances[1] >= 0 else {
            throw .impossible(name: "\(prefix)/counters", reason: "the last error came after the last value")
        }
        (count, errors, lastError) = (counters[0], counters[1], counters[2])
        (hasReported, isWarning) = (counters[3] != 0, counters[4] != 0)
        (mean, squares, greatest, latest) = (distances[0], distances[1], distances[2], distances[3])
    }
}
