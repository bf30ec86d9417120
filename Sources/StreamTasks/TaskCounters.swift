package import Records

/// What a task has done so far; part of its state.
package struct TaskCounters: Sendable, Equatable, Checkpointable {
    /// Inputs read, refused ones too. The model's version.
    package var consumed: UInt64 = 0
    /// Inputs that were accepted, each with one prediction.
    package var predicted: UInt64 = 0
    package var learned: UInt64 = 0
    package var refused: UInt64 = 0
    package var alerts: UInt64 = 0

    package init() {}

    /// Adds what another task has done.
    package mutating func add(_ other: TaskCounters) {
        consumed += other.consumed
        predicted += other.predicted
        learned += other.learned
        refused += other.refused
        alerts += other.alerts
    }

    package func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/counters", counters: [consumed, predicted, learned, refused, alerts])
    }

    package mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let values = try archive.counters("\(prefix)/counters", count: 5)
        (consumed, predicted, learned, refused, alerts) = (values[0], values[1], values[2], values[3], values[4])
    }
}
