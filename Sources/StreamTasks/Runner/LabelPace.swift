package import Settings

/// When a task's labels are read beside its features: in the order of Kafka's times, so that history is read as it came, a
/// label no sooner than the features before it and no later than the features after it. A pure machine.
///
/// It decides nothing that a replay has to decide again: that one follows the journal.
package struct LabelPace: Sendable {
    /// The latest time of a features record that was processed, in milliseconds since 1970.
    private var reached: Int64
    /// Of the features record that comes next, while labels are read before it.
    private var limit: Int64
    /// There are no further features for now: labels needn't wait for them.
    private var isAtEnd = false
    private var sinceLook = 0
    private var lookedAt: Int64
    /// So many milliseconds of features may pass without a look.
    private let step: Int64

    /// As many records may pass without a look: each look that finds a label ends the features' run in the journal.
    private static let records = 128
    /// Looks in the time that a prediction waits.
    private static let looksInWait: Int64 = 8

    /// - Parameter last: the time of the features record that was read last; nil where there was none.
    package init(_ settings: LabelSettings, last: Int64?) {
        reached = last ?? -1
        limit = reached + 1
        lookedAt = reached
        step = max(settings.waitMilliseconds / Self.looksInWait, 1)
    }

    /// Whether labels are to be looked for before a features record of this time is processed.
    package func isDue(before time: Int64) -> Bool { sinceLook >= Self.records || time - lookedAt >= step }

    /// A look begins: before a features record of this time, or, with nil, while none is at hand.
    package mutating func look(before time: Int64?) {
        limit = max(time ?? 0, reached + 1)
        lookedAt = max(time ?? reached, reached)
        sinceLook = 0
    }

    /// Whether a label of this time is to be read now; -1 is none.
    package func allows(_ time: Int64) -> Bool { isAtEnd || time < limit }

    /// A features record was processed.
    package mutating func processed(_ time: Int64) {
        reached = max(reached, time)
        isAtEnd = false
        sinceLook += 1
    }

    /// The features have come to their end.
    package mutating func featuresEnded() { isAtEnd = true }
}
