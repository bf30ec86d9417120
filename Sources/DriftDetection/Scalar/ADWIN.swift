internal import Glibc
public import Records

/// Adaptive windowing: the longest window whose parts don't differ in their mean; it is cut where two parts do.
///
/// - Shape: scalar in, `Bool` out. Unit: that of the watched value. Cost: O(1) amortized, and once in `clock` values
///   O(log n); memory O(log n), made at init; allocates nothing after.
/// - Source: Bifet and Gavaldà, Learning from time-changing data with adaptive windowing, SDM 2007. `paper` agrees with
///   river 0.26, value for value: one report a change, after which it starts afresh with the next value. `moa` agrees
///   with MOA's `ADWINChangeDetector`, which CapyMOA wraps: it keeps the shrunk window and goes on reporting while it
///   shrinks, wants one value more on either side of a cut, is silent where the mean falls, and never forgets a value
///   so large that its deviation allows any difference.
public struct ADWIN: ~Copyable, Checkpointable {
    private let configuration: ADWINConfiguration
    private let convention: Convention
    private var window: BucketWindow
    private var untilCheck: Int
    private var hasReported = false

    /// The difference of means at the cut that came closest to its threshold (or was first to exceed it), as of the
    /// last look; 0 before the first one.
    public private(set) var statistic = 0.0

    /// The difference that this cut allows; 0 before the first look.
    public private(set) var threshold = 0.0

    public init(_ configuration: ADWINConfiguration = ADWINConfiguration(), convention: Convention = .paper) {
        self.init(configuration, convention: convention, levelLimit: BucketWindow.largestLevelLimit)
    }

    init(_ configuration: ADWINConfiguration, convention: Convention, levelLimit: Int) {
        precondition(configuration.delta > 0 && configuration.delta < 1, "ADWIN's delta lies between 0 and 1")
        precondition(configuration.clock >= 1 && configuration.minimumWindow >= 1 && configuration.gracePeriod >= 0)
        self.configuration = configuration
        self.convention = convention
        window = BucketWindow(maximumBuckets: configuration.maximumBuckets, levelLimit: levelLimit)
        untilCheck = configuration.clock
    }

    /// The mean of the window; 0 while it is empty.
    public var estimate: Double { window.width > 0 ? window.total / window.width : 0 }

    /// The number of values in the window.
    public var width: Int { Int(window.width) }

    /// Takes the next value in; one that is not finite or beyond `Detector.largestMagnitude` changes nothing.
    /// - Returns: true where a change is reported at this very value.
    public mutating func update(_ value: Double) -> Bool {
        guard value.isWatchable else { return false }
        if hasReported && convention != .moa { startAfresh() }
        hasReported = false
        let before = estimate
        window.append(value)
        untilCheck -= 1
        guard untilCheck == 0 else { return false }
        untilCheck = configuration.clock
        guard window.width > Double(configuration.gracePeriod) else { return false }
        let hasShrunk = shrink()
        hasReported = hasShrunk && (convention != .moa || estimate > before)
        return hasReported
    }

    private mutating func startAfresh() {
        window.removeAll()
        untilCheck = configuration.clock
    }

    /// Drops the oldest buckets until no cut is left; false where there was none.
    private mutating func shrink() -> Bool {
        var closest = firstCut()
        (statistic, threshold) = (closest.difference, closest.allowed)
        guard closest.isExceeded else { return false }
        while closest.isExceeded {
            window.removeOldest()
            closest = firstCut()
        }
        return true
    }

    private struct Cut {
        var difference = 0.0
        var allowed = 0.0
        var isExceeded: Bool { difference > allowed }
    }

    /// The first cut, oldest first, whose parts differ by more than is allowed; else the one that came closest.
    private borrowing func firstCut() -> Cut {
        let least = Double(configuration.minimumWindow)
        let leastSide = convention == .moa ? least + 2 : least
        let confidence = log(2 * log(window.width) / configuration.delta)
        // The factors in the order in which river multiplies them: the last bit decides at which value a cut is seen.
        let variance = window.deviations / window.width
        let linear = 2.0 / 3.0 * confidence
        var olderCount = 0.0
        var olderTotal = 0.0
        var newerCount = window.width
        var newerTotal = window.total
        var closest = Cut()
        var closestMargin = -Double.infinity
        var level = window.levels - 1
        while level >= 0 {
            let size = BucketWindow.size(level)
            let totals = window.totals(level)
            for index in 0..<window.count(level) {
                olderCount += size
                newerCount -= size
                olderTotal += totals[index]
                newerTotal -= totals[index]
                guard newerCount >= leastSide else { return closest }
                guard olderCount >= leastSide else { continue }
                let reciprocal = 1 / (olderCount - least + 1) + 1 / (newerCount - least + 1)
                let difference = (olderTotal / olderCount - newerTotal / newerCount).magnitude
                let allowed = (2 * reciprocal * variance * confidence).squareRoot() + linear * reciprocal
                if difference > allowed { return Cut(difference: difference, allowed: allowed) }
                if difference - allowed > closestMargin {
                    closestMargin = difference - allowed
                    closest = Cut(difference: difference, allowed: allowed)
                }
            }
            level -= 1
        }
        return closest
    }

    public func save(to archive: inout StateArchive, under prefix: String) {
        window.save(to: &archive, under: prefix)
        archive.put("\(prefix)/counters", counters: [UInt64(untilCheck), hasReported ? 1 : 0])
        archive.put("\(prefix)/cut", doubles: [statistic, threshold])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters("\(prefix)/counters", count: 2)
        let cut = try archive.finite("\(prefix)/cut", count: 2)
        guard counters[0] >= 1, counters[0] <= UInt64(configuration.clock) else {
            throw .impossible(name: "\(prefix)/counters", reason: "the next look is further away than the clock")
        }
        try window.restore(from: archive, under: prefix)
        untilCheck = Int(counters[0])
        hasReported = counters[1] != 0
        (statistic, threshold) = (cut[0], cut[1])
    }
}
