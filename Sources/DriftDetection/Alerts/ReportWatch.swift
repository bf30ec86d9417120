public import Records

/// Brings a detector that only reports, ADWIN or Page-Hinkley for example, to the `AlertDesk`: a report is worth what
/// the detector's rate of false alarms says, and the effect is that of the newest window's mean.
///
/// The detector stays with the caller, which feeds both with the same values.
///
/// - Shape: scalar and report in, a verdict at a report and at a window's end. Unit: any; effects are in standard
///   deviations from before the change. Cost: O(1), allocates nothing.
/// - Source: `Evidence.ofReport`.
public struct ReportWatch: Sendable {
    /// Values a window.
    public let window: UInt64
    public let minimumEffect: Double
    private let worth: Double
    /// The natural logarithm of the e-value of a report at the newest value; 0 where there was none.
    public private(set) var evidence = 0.0
    private var hasReported = false
    private var baseline: EpisodeBaseline?
    /// All values since the start or the last alert, and what these were when the current window began.
    private var all = ScalarWindow()
    private var rule = ScalarWindow()
    private var current = ScalarWindow()

    /// - Parameters:
    ///   - falseAlarmRate: the detector's, a value, in (0, 1).
    ///   - window: values, at least 2.
    ///   - minimumEffect: standard deviations, above 0.
    public init(falseAlarmRate: Double, window: Int = 1000, minimumEffect: Double = 0.1) {
        precondition(falseAlarmRate > 0 && falseAlarmRate < 1 && window >= 2 && minimumEffect > 0)
        worth = Evidence.ofReport(falseAlarmRate: falseAlarmRate)
        self.window = UInt64(window)
        self.minimumEffect = minimumEffect
    }

    /// Takes the next value in, and whether the detector reported a change at it; a value that isn't finite, or absurd,
    /// changes nothing.
    /// - Returns: true where a window ends: the desk wants to hear `verdict` of it.
    public mutating func observe(_ value: Double, isReported: Bool) -> Bool {
        guard value.isWatchable else { return false }
        if current.count == window {
            rule = all
            current.reset()
            hasReported = false
        }
        all.add(value)
        current.add(baseline?.bounded(value) ?? value)
        evidence = isReported ? worth : 0
        hasReported = hasReported || isReported
        return current.count == window
    }

    /// What the signal says now. Before the first window is whole nothing is known of the rule, and the effect is 0.
    public var verdict: SignalVerdict {
        let shift = baseline.map { $0.shift(of: current) } ?? shiftFromRule
        return SignalVerdict(
            evidence: evidence, effect: (shift?.effect ?? 0).magnitude, minimumEffect: minimumEffect, shift: shift,
            values: current.count, endsWindow: current.count == window,
            hasSettled: baseline != nil && rule.count > 0 && !hasReported)
    }

    private var shiftFromRule: ShiftEstimate? {
        guard let before = rule.mean, let deviation = rule.deviation, let after = current.mean else { return nil }
        return ShiftEstimate(
            values: current.count, before: before, after: after,
            deviation: max(deviation, 1e-12 * before.magnitude, 1e-12))
    }

    /// Does what the desk's answer to a verdict means for the signal.
    public mutating func heed(_ action: AlertEpisode.Action) {
        switch action {
        case .none: return
        case .open: baseline = shiftFromRule.map(EpisodeBaseline.init)
        case .recover: baseline = nil
        }
        (all, rule, current) = (ScalarWindow(), ScalarWindow(), ScalarWindow())
        (evidence, hasReported) = (0, false)
    }
}

extension ReportWatch: Checkpointable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        all.save(to: &archive, under: "\(prefix)/all")
        rule.save(to: &archive, under: "\(prefix)/rule")
        current.save(to: &archive, under: "\(prefix)/window")
        EpisodeBaseline.save(baseline, to: &archive, "\(prefix)/baseline")
        archive.put("\(prefix)/evidence", doubles: [evidence])
        archive.put("\(prefix)/reported", counters: [hasReported ? 1 : 0])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        var restored = self
        try restored.all.restore(from: archive, under: "\(prefix)/all")
        try restored.rule.restore(from: archive, under: "\(prefix)/rule")
        try restored.current.restore(from: archive, under: "\(prefix)/window")
        guard restored.current.count <= window else {
            throw .impossible(name: "\(prefix)/window/count", reason: "more values than a window has")
        }
        restored.baseline = try EpisodeBaseline.restored(from: archive, "\(prefix)/baseline")
        restored.evidence = try archive.finite("\(prefix)/evidence", count: 1)[0]
        let flags = try archive.counters("\(prefix)/reported", count: 1)
        guard flags[0] <= 1 else { throw .impossible(name: "\(prefix)/reported", reason: "it is neither 0 nor 1") }
        restored.hasReported = flags[0] == 1
        self = restored
    }
}
