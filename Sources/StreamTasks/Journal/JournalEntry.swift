package import Snapshots

/// What a task consumed between two commits, in the order in which it did: one record of the journal topic.
package struct JournalEntry: Sendable, Equatable {
    /// The entry's own number, and who wrote it.
    package var mark: JournalMark
    /// Records that the task had consumed over all inputs when the entry was taken.
    package var records: UInt64
    /// One or more; a run ends where another input's begins.
    package var runs: [InputRun]

    package init(mark: JournalMark, records: UInt64, runs: [InputRun]) {
        self.mark = mark
        self.records = records
        self.runs = runs
    }
}
