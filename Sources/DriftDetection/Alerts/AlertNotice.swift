/// What people are told.
public enum AlertNotice: Sendable, Hashable {
    case alert(Alert)
    case recovery(Recovery)
}

/// A signal has changed: the first notice of an episode.
public struct Alert: Sendable, Hashable {
    /// The signal's index at the desk.
    public var signal: Int
    /// Records seen when the alert was raised, the newest among them.
    public var record: UInt64
    /// That record's event time in milliseconds since 1970; nil where there is none.
    public var time: Int64?
    /// The first record of what is different, by estimate, counted like `record`.
    public var since: UInt64
    /// What the signal said: evidence, effect, shift, histograms.
    public var verdict: SignalVerdict
    /// The evidence that the budget asked for.
    public var level: Double
    /// Signals that changed at the same record with less effect on the loss; they get no notice of their own.
    public var alongside: [Int]
}

/// The end of an episode that had an alert.
public struct Recovery: Sendable, Hashable {
    public var signal: Int
    public var record: UInt64
    public var time: Int64?
    public var ending: AlertEpisode.Ending
    /// Records from the alert to here.
    public var lasted: UInt64
    /// Event time from the alert to here in milliseconds; nil where there is none.
    public var lastedMilliseconds: Int64?
    /// The largest effect of the episode, in the signal's unit of effect.
    public var peakEffect: Double
}
