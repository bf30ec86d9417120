/// The one place that says what becomes an alert: it takes the verdicts of all signals, keeps the budget of false
/// alarms and each signal's episode, and hands out few notices, the costliest change first.
///
/// For each record: `advance`; then each signal's `take`, at its window's end or when its evidence reaches
/// its level; then, where `hasNews`, `collect`.
///
/// - Shape: signals are indexes into what it was made with. Cost: O(1) a record and a verdict; allocates only where
///   there is news.
/// - Source: budget: `FalseAlarmBudget`. Episodes: `AlertEpisode`. Ranking: `AlertRanking`.
public struct AlertDesk: ~Copyable {
    /// What the desk has to know about a signal beforehand.
    public struct Signal: Sendable, Hashable {
        /// How much of the budget is the signal's, next to that of the others; above 0.
        public var weight: Double
        /// 1 where evidence runs on with every record, a window's length where there is one verdict a window.
        public var recordsPerLook: Int
        /// What it is about, where other signals are about the same: of those that move people are told once. Nil where it
        /// is about something of its own.
        public var subject: Int?
        /// Subjects of other signals that are part of it: it isn't told where one of those is known to have moved.
        public var covers: Set<Int>
        /// Whether it comes before those that don't, whatever it costs.
        public var leads: Bool

        public init(
            weight: Double = 1, recordsPerLook: Int = 1, subject: Int? = nil, covers: Set<Int> = [],
            leads: Bool = false
        ) {
            self.weight = weight
            self.recordsPerLook = recordsPerLook
            self.subject = subject
            self.covers = covers
            self.leads = leads
        }
    }

    public let policy: AlertPolicy
    /// Alerts that one record can bring; the other signals stand in the first one's `alongside`, in the order of their
    /// ranking.
    public let mostAlerts: Int
    public internal(set) var budget: FalseAlarmBudget
    public internal(set) var record: UInt64 = 0
    public internal(set) var time: Int64?
    let signals: [Signal]
    private let shares: [Double]
    /// Of each signal: the evidence from which its verdict is worth taking in the middle of a window.
    public internal(set) var levels: [Double]
    var states: [SignalState]
    var alerts: [Alert] = []
    var recoveries: [Recovery] = []
    /// Whether there is something to collect.
    public internal(set) var hasNews = false

    /// - Parameters:
    ///   - signals: at least one.
    ///   - mostAlerts: at least 1.
    public init(
        signals: [Signal], policy: AlertPolicy = AlertPolicy(),
        budget: FalseAlarmBudget.Configuration = FalseAlarmBudget.Configuration(), mostAlerts: Int = 3
    ) {
        precondition(!signals.isEmpty && mostAlerts >= 1)
        precondition(signals.allSatisfy { $0.weight > 0 && $0.weight.isFinite && $0.recordsPerLook >= 1 })
        policy.check()
        self.signals = signals
        self.policy = policy
        self.mostAlerts = mostAlerts
        self.budget = FalseAlarmBudget(budget)
        let total = signals.reduce(0) { $0 + $1.weight }
        shares = signals.map { $0.weight / total }
        levels = [Double](repeating: .infinity, count: signals.count)
        states = [SignalState](repeating: SignalState(episode: AlertEpisode(policy)), count: signals.count)
    }

    /// A new record; before its signals' verdicts.
    /// - Parameter time: event time in milliseconds since 1970, nil where there is none.
    public mutating func advance(time: Int64?) {
        record += 1
        self.time = time
        if budget.advance(time: time) { renewLevels() }
    }

    public func isOpen(_ signal: Int) -> Bool { states[signal].episode.isOpen }

    /// Takes what a signal says at the newest record.
    /// - Returns: what it means for the signal: one whose episode opens or ends has to be told (`ScalarWatch.heed`).
    @discardableResult
    public mutating func take(_ verdict: SignalVerdict, of signal: Int) -> AlertEpisode.Action {
        let level = levels[signal]
        let event = AlertEpisode.Event(
            record: record, isEnough: verdict.evidence >= level, effect: Self.effectBeyondChance(verdict),
            endsWindow: verdict.endsWindow, hasSettled: verdict.hasSettled)
        let action = states[signal].episode.take(event, policy)
        switch action {
        case .none: break
        case .open:
            let values = min(max(verdict.values, 1), record)
            states[signal].openedAt = time
            states[signal].isTold = !isKnown(signal)
            guard states[signal].isTold else { break }
            alerts.append(
                Alert(
                    signal: signal, record: record, time: time, since: record - values + 1, verdict: verdict,
                    level: level, alongside: []))
            hasNews = true
            budget.alertRaised()
            renewLevels()
        case .recover(let ending, let lasted, let peak):
            guard states[signal].isTold else { break }
            hasNews = true
            recoveries.append(
                Recovery(
                    signal: signal, record: record, time: time, ending: ending, lasted: lasted,
                    lastedMilliseconds: lastedMilliseconds(signal), peakEffect: peak * verdict.minimumEffect))
        }
        return action
    }

    /// Whether another signal has moved with the same subject, of which people know: it was told, or named alongside.
    private func isKnown(_ signal: Int) -> Bool {
        let own = signals[signal]
        return signals.indices.contains { other in
            guard other != signal, let subject = signals[other].subject else { return false }
            return (subject == own.subject || own.covers.contains(subject)) && states[other].episode.isNews(at: record)
        }
    }

    /// The notices since the last call, recoveries first, then alerts in the order of their ranking.
    public mutating func collect() -> [AlertNotice] {
        alerts.sort { first, second in
            let (left, right) = (signals[first.signal].leads, signals[second.signal].leads)
            return left == right ? AlertRanking.precedes(first, second) : left
        }
        if alerts.count > mostAlerts {
            alerts[0].alongside = alerts[mostAlerts...].map(\.signal)
            for signal in alerts[0].alongside { states[signal].isTold = false }
            alerts.removeLast(alerts.count - mostAlerts)
        }
        let notices = recoveries.map(AlertNotice.recovery) + alerts.map(AlertNotice.alert)
        recoveries.removeAll(keepingCapacity: true)
        alerts.removeAll(keepingCapacity: true)
        hasNews = false
        return notices
    }

    /// In minimum effects; a difference of two windows that chance explains well is none, however large it looks.
    private static func effectBeyondChance(_ verdict: SignalVerdict) -> Double {
        let effect = verdict.relativeEffect
        return effect.isFinite && (verdict.pValue ?? 0) <= 0.05 ? max(0, effect) : 0
    }

    private func lastedMilliseconds(_ signal: Int) -> Int64? {
        guard let time, let openedAt = states[signal].openedAt else { return nil }
        let (lasted, isPastEnd) = time.subtractingReportingOverflow(openedAt)
        return isPastEnd ? nil : max(0, lasted)
    }

    mutating func renewLevels() {
        for signal in signals.indices {
            levels[signal] = budget.level(
                share: shares[signal], recordsPerLook: signals[signal].recordsPerLook)
        }
    }
}
