public import Records

/// Watches the mean of one scalar signal with a detector that has a rule of its own, and follows an episode to its end: what
/// the detector reports opens it, whatever the budget says; the level of the window before it tells when it has come back.
///
/// - Shape: scalar in; a verdict at a report and at a window's end. Unit: any; effects are in standard deviations from before
///   the change. Cost: that of the detector; allocates nothing.
public struct DetectorWatch: ~Copyable {
    /// Values a window.
    public static let window: UInt64 = 1000
    /// In standard deviations: only what has opened an episode is measured by it.
    public static let minimumEffect = 0.1

    private var detector: Detector
    /// The last whole window before the present one, outside of episodes.
    private var before = ScalarWindow()
    private var current = ScalarWindow()
    /// Mean and deviation from before the episode; nil while none is open.
    private var baseline: ScalarWatch.Baseline?
    /// Whether there was a report at the last value, and since the present window began.
    public private(set) var firesNow = false
    private var hasFired = false

    public init(_ configuration: DetectorConfiguration) { detector = Detector(configuration) }

    public var kind: DetectorKind { detector.kind }
    public var statistic: Double { detector.statistic }
    public var threshold: Double { detector.threshold }
    public var isWarning: Bool { detector.isWarning }

    /// Takes the next value in; one that isn't finite, or absurd, changes nothing.
    /// - Returns: true where the desk wants to hear `verdict`.
    public mutating func observe(_ value: Double) -> Bool {
        guard value.isWatchable else {
            firesNow = false
            return false
        }
        if current.count == Self.window {
            if baseline == nil { before = current }
            current.reset()
            hasFired = false
        }
        current.add(value)
        firesNow = detector.update(value)
        if firesNow { hasFired = true }
        return firesNow || current.count == Self.window
    }

    /// What the signal says now.
    public var verdict: SignalVerdict {
        let usual = baseline ?? rule
        let shift = ShiftEstimate(
            values: current.count, before: usual.mean, after: level, deviation: usual.deviation)
        let opens = firesNow && baseline == nil
        let effect = min(shift.effect.magnitude, 1e6)
        return SignalVerdict(
            evidence: firesNow ? .infinity : 0, effect: opens ? max(effect, Self.minimumEffect) : effect,
            minimumEffect: Self.minimumEffect, shift: shift, values: current.count,
            endsWindow: current.count == Self.window, hasSettled: !hasFired)
    }

    /// Does what the desk's answer to a verdict means for the signal.
    public mutating func heed(_ action: AlertEpisode.Action) {
        switch action {
        case .none: break
        case .open:
            baseline = rule
            current.reset()
            hasFired = false
        case .recover:
            baseline = nil
            before.reset()
            current.reset()
        }
    }

    /// What was the rule up to the present window.
    private var rule: ScalarWatch.Baseline {
        let window = before.count > 0 ? before : current
        let mean = window.mean ?? 0
        return ScalarWatch.Baseline(
            mean: mean, deviation: max(window.deviation ?? 0, 1e-12 * mean.magnitude, 1e-12))
    }

    /// The mean now: ADWIN knows since when.
    private var level: Double {
        switch kind {
        case .adwin, .adwinMOA: baseline == nil && firesNow ? detector.estimate : current.mean ?? detector.estimate
        default: current.mean ?? detector.estimate
        }
    }
}

extension DetectorWatch: Checkpointable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        detector.save(to: &archive, under: "\(prefix)/detector")
        before.save(to: &archive, under: "\(prefix)/before")
        current.save(to: &archive, under: "\(prefix)/window")
        archive.put("\(prefix)/baseline", doubles: baseline.map { [$0.mean, $0.deviation] } ?? [])
        archive.put("\(prefix)/fired", counters: [firesNow ? 1 : 0, hasFired ? 1 : 0])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        var windows = (before, current)
        try windows.0.restore(from: archive, under: "\(prefix)/before")
        try windows.1.restore(from: archive, under: "\(prefix)/window")
        guard windows.0.count <= Self.window, windows.1.count <= Self.window else {
            throw .impossible(name: "\(prefix)/window/count", reason: "more values than a window has")
        }
        let level = try ScalarWatch.Baseline.restored(from: archive, "\(prefix)/baseline")
        let fired = try archive.counters("\(prefix)/fired", count: 2, upTo: 1)
        try detector.restore(from: archive, under: "\(prefix)/detector")
        (before, current) = windows
        baseline = level
        (firesNow, hasFired) = (fired[0] == 1, fired[1] == 1)
    }
}

extension ScalarWatch.Baseline {
    /// Nil where none was saved.
    static func restored(from archive: StateArchive, _ name: String) throws(StateError) -> Self? {
        guard !(try archive.doubles(name)).isEmpty else { return nil }
        let values = try archive.finiteDoubles(name, count: 2)
        guard values[1] > 0 else { throw .impossible(name: name, reason: "its deviation isn't above 0") }
        return Self(mean: values[0], deviation: values[1])
    }
}
