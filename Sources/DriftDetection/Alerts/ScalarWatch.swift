public import Records

/// Watches the mean of one scalar signal with an e-detector, and follows an episode to its end: before the alert
/// against the learned reference, after it against the level from before the alert.
///
/// - Shape: scalar in; evidence after every value, a verdict at a window's end. Unit: any; effects are in standard
///   deviations from before the change. Cost: that of `EDetector`; allocates nothing.
public struct ScalarWatch: Sendable {
    /// Values a window.
    public let window: UInt64
    public let minimumEffect: Double
    var detector: EDetector
    /// What was the rule when the episode opened; nil while none is open.
    var baseline: EpisodeBaseline?
    var current = ScalarWindow()

    /// - Parameters:
    ///   - window: values, at least 2.
    ///   - minimumEffect: standard deviations, above 0.
    public init(
        _ configuration: EDetectorConfiguration = EDetectorConfiguration(), window: Int = 1000,
        minimumEffect: Double = 0.1
    ) {
        precondition(window >= 2 && minimumEffect > 0)
        detector = EDetector(configuration)
        self.window = UInt64(window)
        self.minimumEffect = minimumEffect
    }

    /// What the newest run of values says, as the natural logarithm of an e-value.
    @inline(__always)
    public var evidence: Double { detector.evidence }

    /// Takes the next value in; one that isn't finite, or absurd, changes nothing.
    /// - Returns: true where a window ends: the desk wants to hear `verdict` of it.
    @inline(__always)
    public mutating func observe(_ value: Double) -> Bool {
        guard value.isWatchable else { return false }
        detector.observe(value)
        if current.count == window { current.reset() }
        current.add(baseline?.bounded(value) ?? value)
        return current.count == window
    }

    /// Takes the next value in, likewise.
    /// - Parameter level: the evidence from which the desk wants to hear of it in the middle of a window, too.
    /// - Returns: true where the desk wants to hear `verdict`.
    public mutating func observe(_ value: Double, level: Double) -> Bool {
        let endsWindow = observe(value)
        return endsWindow || detector.reaches(level)
    }

    /// What the signal says now.
    public var verdict: SignalVerdict {
        let shift = detector.shift
        var verdict = SignalVerdict(
            evidence: detector.evidence, effect: (shift?.effect ?? 0).magnitude, minimumEffect: minimumEffect,
            shift: shift, values: shift?.values ?? current.count, endsWindow: current.count == window)
        if let baseline {
            let moved = baseline.shift(of: current)
            verdict.shift = moved
            verdict.effect = moved.effect.magnitude
            verdict.hasSettled = detector.isReady && detector.evidence < detector.threshold / 2
        }
        return verdict
    }

    /// Does what the desk's answer to a verdict means for the signal: at an alert, and where the level came back, the
    /// detector learns a new reference.
    public mutating func heed(_ action: AlertEpisode.Action) {
        switch action {
        case .none: break
        case .open:
            baseline = detector.shift.map(EpisodeBaseline.init)
            current.reset()
            detector.startAfresh()
        case .recover(let ending, _, _):
            baseline = nil
            current.reset()
            if ending == .returned { detector.startAfresh() }
        }
    }
}

extension ScalarWatch: Checkpointable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        detector.save(to: &archive, under: "\(prefix)/detector")
        current.save(to: &archive, under: "\(prefix)/window")
        EpisodeBaseline.save(baseline, to: &archive, "\(prefix)/baseline")
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        var restored = self
        try restored.detector.restore(from: archive, under: "\(prefix)/detector")
        try restored.current.restore(from: archive, under: "\(prefix)/window")
        guard restored.current.count <= window else {
            throw .impossible(name: "\(prefix)/window/count", reason: "more values than a window has")
        }
        restored.baseline = try EpisodeBaseline.restored(from: archive, "\(prefix)/baseline")
        self = restored
    }
}
