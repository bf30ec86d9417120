internal import Glibc
public import Records

/// Hoeffding's bound on the difference of two means: that of all values, and that up to the best cut point so far.
///
/// - Shape: a value in 0...1 in (others are clamped to it), `Bool` out. Unit: that of the value. Cost: O(1), allocates
///   nothing.
/// - Source: Frías-Blanco and others, Online and non-parametric drift detection methods based on Hoeffding's bounds, IEEE
///   TKDE 27 (2015), the A-test. `paper` agrees with river 0.26, `moa` with CapyMOA 0.15 (it watches for falls, too, and
///   starts afresh there without a report) and `frouros` with frouros 0.9 (it has ln 1/a in place of the paper's ln 2/a
///   in the test, and is silent for the first values), value for value on streams of errors.
public struct HDDMA: Checkpointable {
    private let configuration: HDDMConfiguration
    private let convention: Convention
    private let bound: Double
    private let driftBound: Double
    private let warningBound: Double
    private var all = Prefix()
    private var low = Prefix()
    private var high = Prefix()
    private var hasReported = false

    /// Whether the means differ enough for a warning, as of the last value, and not for a report.
    public private(set) var isWarning = false

    public init(_ configuration: HDDMConfiguration = HDDMConfiguration(), convention: Convention = .paper) {
        precondition(
            configuration.driftConfidence > 0 && configuration.warningConfidence > 0,
            "the confidences of HDDM lie between 0 and 1")
        self.configuration = configuration
        self.convention = convention
        let sides = convention == .frouros ? 1.0 : 2.0
        bound = log(1 / configuration.driftConfidence)
        driftBound = log(sides / configuration.driftConfidence)
        warningBound = log(sides / configuration.warningConfidence)
    }

    /// The values from the start up to one of them.
    private struct Prefix {
        var count = 0.0
        var sum = 0.0
        var mean: Double { sum / count }
    }

    /// Takes the next value in; one that is not finite or beyond `Detector.largestMagnitude` changes nothing.
    /// - Returns: true where a change is reported at this very value.
    public mutating func update(_ value: Double) -> Bool {
        guard value.isWatchable else { return false }
        if hasReported { startAfresh() }
        all.count += 1
        all.sum += value.bounded
        let slack = slack(all)
        if low.count == 0 || low.mean + self.slack(low) >= all.mean + slack { low = all }
        if high.count == 0 || high.mean - self.slack(high) <= all.mean - slack { high = all }
        hasReported = canReport && exceeds(rise, low, driftBound)
        isWarning = canReport && !hasReported && exceeds(rise, low, warningBound)
        lookForFall()
        return hasReported
    }

    private mutating func lookForFall() {
        switch convention {
        case .moa: if !hasReported && exceeds(fall, high, driftBound) { startAfresh() }
        case .paper where configuration.isTwoSided:
            hasReported = hasReported || exceeds(fall, high, driftBound)
            isWarning = !hasReported && (isWarning || exceeds(fall, high, warningBound))
        case .paper, .frouros: break
        }
    }

    private mutating func startAfresh() {
        (all, low, high) = (Prefix(), Prefix(), Prefix())
        (hasReported, isWarning) = (false, false)
    }

    private var canReport: Bool { convention != .frouros || all.count >= Double(configuration.minimumValues) }

    private var rise: Double { all.mean - low.mean }
    private var fall: Double { high.mean - all.mean }

    private func slack(_ values: Prefix) -> Double { (1 / (2 * values.count) * bound).squareRoot() }

    private func exceeds(_ difference: Double, _ cut: Prefix, _ bound: Double) -> Bool {
        cut.count != all.count && difference >= allowed(cut, bound)
    }

    private func allowed(_ cut: Prefix, _ bound: Double) -> Double {
        let share = (all.count - cut.count) / cut.count * (1 / all.count)
        return (share / 2 * bound).squareRoot()
    }

    /// By how much the mean has risen since the cut point; 0 before the first value. A change is reported from
    /// `threshold` on.
    public var statistic: Double { all.count > 0 ? rise : 0 }

    /// The rise that the bound allows; 0 before the first value.
    public var threshold: Double { all.count > 0 ? allowed(low, driftBound) : 0 }

    /// The mean since the start or the last report; 0 before the first value.
    public var estimate: Double { all.count > 0 ? all.mean : 0 }

    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/counters", counters: [hasReported ? 1 : 0, isWarning ? 1 : 0])
        archive.put("\(prefix)/means", doubles: [all.count, all.sum, low.count, low.sum, high.count, high.sum])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counts("\(prefix)/counters", count: 2)
        let means = try archive.finite("\(prefix)/means", count: 6)
        guard means[2] <= means[0], means[4] <= means[0], means.allSatisfy({ $0 >= 0 }),
            (means[0] == 0) == (means[2] == 0), (means[0] == 0) == (means[4] == 0)
        else { throw .impossible(name: "\(prefix)/means", reason: "a cut point lies outside of the values") }
        (hasReported, isWarning) = (counters[0] != 0, counters[1] != 0)
        all = Prefix(count: means[0], sum: means[1])
        low = Prefix(count: means[2], sum: means[3])
        high = Prefix(count: means[4], sum: means[5])
    }
}
