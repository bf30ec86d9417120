/// One signal's episodes: warming up → quiet → open → cooling down → quiet. One alert an episode, and one recovery.
///
/// A pure machine: a verdict goes in, at most one action comes out; it knows no signal, no budget and no clock.
///
/// - Unit: records since the start; effects as multiples of the signal's minimum effect. Cost: O(1), allocates nothing.
public struct AlertEpisode: Sendable, Equatable {
    /// What a signal says at a record.
    public struct Event: Sendable, Equatable {
        /// Records seen so far; never less than in the event before.
        public var record: UInt64
        /// Whether the evidence is what the budget asks for.
        public var isEnough: Bool
        /// How large, in minimum effects; at least 0.
        public var effect: Double
        /// Whether a window ends here: only then is anything closed.
        public var endsWindow: Bool
        /// Whether the signal has learned a new reference and stands still there.
        public var hasSettled: Bool

        public init(
            record: UInt64, isEnough: Bool, effect: Double, endsWindow: Bool = true, hasSettled: Bool = false
        ) {
            self.record = record
            self.isEnough = isEnough
            self.effect = effect
            self.endsWindow = endsWindow
            self.hasSettled = hasSettled
        }
    }

    /// How an episode ended.
    public enum Ending: String, Sendable, CaseIterable {
        /// The signal is again what it was.
        case returned
        /// It stays what it has become, and that is the rule now.
        case settled
    }

    public enum Action: Sendable, Equatable {
        case none
        case open
        /// - Parameters:
        ///   - lasted: records from the alert to here.
        ///   - peak: the largest effect seen in between, in minimum effects.
        case recover(Ending, lasted: UInt64, peak: Double)
    }

    public enum Phase: Sendable, Equatable {
        /// No alert before this record.
        case warmingUp(until: UInt64)
        case quiet
        case open(since: UInt64, peak: Double, calm: Int, settled: Int)
        /// No alert before this record.
        case coolingDown(until: UInt64)
    }

    public private(set) var phase: Phase

    public init(_ policy: AlertPolicy) { phase = .warmingUp(until: policy.warmUp) }

    init(phase: Phase) { self.phase = phase }

    public var isOpen: Bool {
        if case .open = phase { true } else { false }
    }

    /// Whether an episode is open, or was until not long ago.
    func isNews(at record: UInt64) -> Bool {
        switch phase {
        case .warmingUp, .quiet: false
        case .open: true
        case .coolingDown(let until): record < until
        }
    }

    public mutating func take(_ event: Event, _ policy: AlertPolicy) -> Action {
        switch phase {
        case .warmingUp(let until), .coolingDown(let until):
            guard event.record >= until else { return .none }
            phase = .quiet
            return take(event, policy)
        case .quiet:
            guard event.isEnough && event.effect >= 1 else { return .none }
            phase = .open(since: event.record, peak: event.effect, calm: 0, settled: 0)
            return .open
        case .open(let since, let peak, let calm, let settled):
            let peak = max(peak, event.effect)
            guard event.endsWindow else {
                phase = .open(since: since, peak: peak, calm: calm, settled: settled)
                return .none
            }
            let newCalm = event.effect < policy.closingShare ? calm + 1 : 0
            let newSettled = event.hasSettled ? settled + 1 : 0
            guard newCalm >= policy.calmWindows || newSettled >= policy.settledWindows else {
                phase = .open(since: since, peak: peak, calm: newCalm, settled: newSettled)
                return .none
            }
            let (quietFrom, isPastEnd) = event.record.addingReportingOverflow(policy.coolDown)
            phase = .coolingDown(until: isPastEnd ? .max : quietFrom)
            let ending = newCalm >= policy.calmWindows ? Ending.returned : .settled
            return .recover(ending, lasted: event.record - min(since, event.record), peak: peak)
        }
    }
}
