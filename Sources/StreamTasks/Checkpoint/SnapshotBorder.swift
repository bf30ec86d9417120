internal import Failpoints
package import Records
package import Snapshots

/// Copies a task's state at a border and lets go of the copy when the group's committed position has reached it, so that a
/// snapshot never stands for more than was committed.
package struct SnapshotBorder: Sendable {
    private var schedule: SnapshotSchedule
    private var waiting: (snapshot: Snapshot, position: NextOffset)?

    package init(_ schedule: SnapshotSchedule) { self.schedule = schedule }

    /// Whether a copy waits for its commit.
    package var isWaiting: Bool { waiting != nil }

    /// Copies the state where a snapshot is due and none is waiting. Cost O(state) then, O(1) else.
    /// - Parameters:
    ///   - journal: where the state stands in the journal; nil where there is none.
    ///   - now: seconds of a clock that never steps.
    ///   - writtenAt: milliseconds since 1970, for the metadata.
    package mutating func copyIfDue(
        _ task: borrowing StreamTask, journal: JournalPlace? = nil, now: Double, writtenAt: () -> Int64
    ) {
        guard waiting == nil, schedule.isDue(records: task.inputsConsumed, now: now) else { return }
        waiting = (task.snapshot(journal: journal, writtenAt: writtenAt()), task.position)
        failpoint(.snapshotCopy)
        schedule.taken(records: task.inputsConsumed, now: now)
    }

    /// The copy that may be published, once.
    /// - Parameter entry: the number of the last committed entry of the journal; nil where there is no journal.
    package mutating func release(committed: NextOffset, entry: UInt64? = nil) -> Snapshot? {
        guard let copy = waiting, copy.position <= committed,
            copy.snapshot.metadata.journalMark?.sequence ?? 0 <= entry ?? .max
        else { return nil }
        waiting = nil
        return copy.snapshot
    }
}
