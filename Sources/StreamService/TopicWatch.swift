/// Tells a features topic that was deleted from one whose metadata is late. A pure machine: the clock is handed in.
struct TopicWatch {
    /// Seconds of a clock that never steps; nil while the brokers know the topic.
    private var unknownSince: Double?

    /// How long the topic may be unknown, in seconds, where all its partitions were taken away.
    private static let patience = 10.0

    /// The brokers don't know the topic. Only who has partitions of it has something to lose.
    mutating func unknown(now: Double, ownsPartitions: Bool) {
        if unknownSince == nil, ownsPartitions { unknownSince = now }
    }

    mutating func assigned() { unknownSince = nil }

    /// A topic that is unknown for a moment keeps its partitions; one that is deleted loses them.
    /// - Returns: true once, where it is gone.
    mutating func isGone(now: Double, ownsPartitions: Bool) -> Bool {
        guard let since = unknownSince, now - since > Self.patience else { return false }
        unknownSince = nil
        return !ownsPartitions
    }
}
