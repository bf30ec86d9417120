internal import Glibc
public import Records

/// McDiarmid's bound on the difference of two faded means: that up to the best cut point so far, and that since.
///
/// - Shape: a value in 0...1 in (others are clamped to it), `Bool` out. Unit: that of the value. Cost: O(1), allocates
///   nothing.
/// - Source: Frías-Blanco and others, Online and non-parametric drift detection methods based on Hoeffding's bounds, IEEE
///   TKDE 27 (2015), the W-test. `paper` agrees with river 0.26, `moa` with CapyMOA 0.15 (its bound starts a value later,
///   it watches for falls, too, and starts afresh there without a report) and `frouros` with frouros 0.9 (its means
///   start at 0, its cut point's bound takes `fading` for the confidence, and it is silent for the first values), value
///   for value.
public struct HDDMW: Checkpointable {
    private let configuration: HDDMConfiguration
    private let convention: Convention
    private let cutBound: Double
    private let driftBound: Double
    private let warningBound: Double
    private var count = 0
    private var latest = 0.0
    private var all: FadedMean
    private var low: CutPoint
    private var high: CutPoint
    private var hasReported = false

    /// Whether the means differ enough for a warning, as of the last value, and not for a report.
    public private(set) var isWarning = false

    public init(_ configuration: HDDMConfiguration = HDDMConfiguration(), convention: Convention = .paper) {
        precondition(
            configuration.driftConfidence > 0 && configuration.warningConfidence > 0,
            "the confidences of HDDM lie between 0 and 1")
        precondition(configuration.fading > 0 && configuration.fading < 1, "the fading of HDDM lies between 0 and 1")
        self.configuration = configuration
        self.convention = convention
        cutBound = log(1 / (convention == .frouros ? configuration.fading : configuration.driftConfidence))
        driftBound = log(1 / configuration.driftConfidence)
        warningBound = log(1 / configuration.warningConfidence)
        all = FadedMean(convention)
        low = CutPoint(convention, bound: .greatestFiniteMagnitude)
        // MOA begins with the least number above 0, so that a bound of 0 or less is never a cut point.
        high = CutPoint(convention, bound: convention == .moa ? .leastNonzeroMagnitude : -.greatestFiniteMagnitude)
    }

    /// Takes the next value in; one that is not finite or beyond `Detector.largestMagnitude` changes nothing.
    /// - Returns: true where a change is reported at this very value.
    public mutating func update(_ value: Double) -> Bool {
        guard value.isWatchable else { return false }
        if hasReported { startAfresh() }
        latest = value.bounded
        count += 1
        all.add(latest, fading: configuration.fading, convention)
        let top = all.mean + slack(all.weights, cutBound)
        if top < low.bound {
            low.move(to: all, bound: top, convention)
        } else {
            low.add(latest, fading: configuration.fading, convention)
        }
        let canReport = convention != .frouros || count >= configuration.minimumValues
        hasReported = canReport && exceeds(rise, low, driftBound)
        isWarning = canReport && !hasReported && exceeds(rise, low, warningBound)
        if convention == .moa || configuration.isTwoSided && convention == .paper { lookForFall() }
        return hasReported
    }

    private mutating func lookForFall() {
        guard !hasReported else { return }
        let bottom = all.mean - slack(all.weights, cutBound)
        if bottom > high.bound {
            high.move(to: all, bound: bottom, convention)
        } else {
            high.add(latest, fading: configuration.fading, convention)
        }
        let falls = exceeds(fall, high, driftBound)
        if convention != .moa {
            hasReported = falls
            isWarning = !falls && (isWarning || exceeds(fall, high, warningBound))
        } else if falls {
            startAfresh()
        }
    }

    private mutating func startAfresh() {
        let (reported, value) = (hasReported, latest)
        self = HDDMW(configuration, convention: convention)
        // MOA takes the value of its report for the first one after a cut point of falls.
        if convention == .moa && reported { high.add(value, fading: configuration.fading, convention) }
    }

    private var rise: Double { low.since.mean - low.before.mean }
    private var fall: Double { high.before.mean - high.since.mean }

    private func slack(_ weights: Double, _ bound: Double) -> Double { (weights * bound / 2).squareRoot() }

    private func exceeds(_ difference: Double, _ cut: CutPoint, _ bound: Double) -> Bool {
        guard convention == .frouros || cut.before.hasBegun && cut.since.hasBegun else { return false }
        return difference > slack(cut.before.weights + cut.since.weights, bound)
    }

    /// By how much the mean since the cut point is above the one before it; 0 before both have a value.
    public var statistic: Double { low.since.hasBegun ? rise : 0 }

    /// The rise that the bound allows.
    public var threshold: Double { slack(low.before.weights + low.since.weights, driftBound) }

    /// The faded mean since the start or the last report; 0 before the first value.
    public var estimate: Double { all.mean }

    public func save(to archive: inout StateArchive, under prefix: String) {
        let means = [all, low.before, low.since, high.before, high.since]
        archive.put("\(prefix)/counters", counters: [UInt64(count), hasReported ? 1 : 0, isWarning ? 1 : 0])
        archive.put("\(prefix)/begun", counters: means.map { $0.hasBegun ? 1 : 0 })
        archive.put(
            "\(prefix)/means", doubles: means.flatMap { [$0.mean, $0.weights] } + [low.bound, high.bound, latest])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counts("\(prefix)/counters", count: 3)
        let begun = try archive.counts("\(prefix)/begun", count: 5)
        let values = try archive.finite("\(prefix)/means", count: 13)
        let means = begun.indices.map {
            FadedMean(mean: values[2 * $0], weights: values[2 * $0 + 1], hasBegun: begun[$0] != 0)
        }
        guard means.allSatisfy({ (0...1).contains($0.mean) && (0...1).contains($0.weights) }) else {
            throw .impossible(name: "\(prefix)/means", reason: "a mean lies outside of 0...1")
        }
        count = counters[0]
        (hasReported, isWarning) = (counters[1] != 0, counters[2] != 0)
        all = means[0]
        low = CutPoint(before: means[1], since: means[2], bound: values[10])
        high = CutPoint(before: means[3], since: means[4], bound: values[11])
        latest = values[12]
    }
}
