public import Records

/// The test of equal proportions: the errors of the newest values, against those of all before them.
///
/// - Shape: an error (1) or none (0) in, `Bool` out. Unit: none; a value is an error from 0.5 on. Cost: O(1); memory one
///   byte a value of the window, made at init; allocates nothing after.
/// - Source: Nishida and Yamauchi, Detecting concept drift using statistical testing, Discovery Science 2007. `paper` sees
///   no difference where there is none, or one below the correction for continuity. `moa` agrees with MOA's `STEPD`,
///   which CapyMOA wraps, value for value: it takes the magnitude of what the correction leaves, and a difference by
///   nothing for a change, so that it reports every stretch of twice the window without an error.
public struct STEPD: ~Copyable, Checkpointable {
    private let configuration: STEPDConfiguration
    private let convention: Convention
    private let warningThreshold: Double
    private var recent: ErrorRing
    private var recentErrors = 0
    private var olderCount = 0
    private var olderErrors = 0
    private var hasReported = false

    /// Whether the proportions differ enough for a warning, as of the last value, and not for a report.
    public var isWarning: Bool { !hasReported && statistic > warningThreshold }

    /// The difference of the proportions in deviations of it, as of the last value; 0 before the detector looks.
    public private(set) var statistic = 0.0

    /// The quantile of the normal distribution from which a change is reported.
    public let threshold: Double

    public init(_ configuration: STEPDConfiguration = STEPDConfiguration(), convention: Convention = .paper) {
        self.init(configuration, convention: convention, window: configuration.window)
    }

    init(_ configuration: STEPDConfiguration, convention: Convention, window: Int) {
        precondition(configuration.window >= 1, "STEPD's window holds at least one value")
        precondition(
            configuration.driftAlpha > 0 && configuration.driftAlpha < 1 && configuration.warningAlpha > 0
                && configuration.warningAlpha < 1, "the alphas of STEPD lie between 0 and 1")
        self.configuration = configuration
        self.convention = convention
        recent = ErrorRing(capacity: window)
        threshold = NormalQuantile.twoSided(configuration.driftAlpha)
        warningThreshold = NormalQuantile.twoSided(configuration.warningAlpha)
    }

    /// Takes the next value in; one that is not finite or beyond `Detector.largestMagnitude` changes nothing.
    /// - Returns: true where a change is reported at this very value.
    public mutating func update(_ value: Double) -> Bool {
        guard value.isWatchable else { return false }
        if hasReported { startAfresh() }
        if recent.isFull {
            olderCount += 1
            if recent.isError(0) {
                olderErrors += 1
                recentErrors -= 1
            }
        }
        recent.append(value.isError)
        if value.isError { recentErrors += 1 }
        guard olderCount >= recent.capacity else { return false }
        statistic = difference()
        hasReported = statistic > threshold
        return hasReported
    }

    private mutating func startAfresh() {
        recent.removeAll()
        (recentErrors, olderCount, olderErrors, statistic, hasReported) = (0, 0, 0, 0, false)
    }

    private borrowing func difference() -> Double {
        let (older, newer) = (Double(olderCount), Double(recent.count))
        let (olderHits, newerHits) = (older - Double(olderErrors), newer - Double(recentErrors))
        let reciprocals = 1 / older + 1 / newer
        let share = (olderHits + newerHits) / (older + newer)
        let corrected = (olderHits / older - newerHits / newer).magnitude - reciprocals / 2
        let deviation = (share * (1 - share) * reciprocals).squareRoot()
        switch convention {
        case .moa: return deviation > 0 ? (corrected / deviation).magnitude : .greatestFiniteMagnitude
        case .paper, .frouros: return deviation > 0 ? max(0, corrected / deviation) : 0
        }
    }

    /// The error rate since the start or the last report; 0 before the first value.
    public var estimate: Double {
        let values = olderCount + recent.count
        return values == 0 ? 0 : Double(olderErrors + recentErrors) / Double(values)
    }

    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/counters", counters: [UInt64(olderCount), UInt64(olderErrors), hasReported ? 1 : 0])
        archive.put("\(prefix)/statistic", doubles: [statistic])
        recent.save(to: &archive, under: prefix)
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counts("\(prefix)/counters", count: 3)
        let restored = try archive.finite("\(prefix)/statistic", count: 1)
        guard counters[1] <= counters[0] else {
            throw .impossible(name: "\(prefix)/counters", reason: "more errors than values")
        }
        try recent.restore(from: archive, under: prefix)
        (olderCount, olderErrors, hasReported) = (counters[0], counters[1], counters[2] != 0)
        statistic = restored[0]
        recentErrors = 0
        for index in 0..<recent.count where recent.isError(index) { recentErrors += 1 }
    }
}
