/// Which of a task's journal entries its state stands after.
package struct JournalMark: Sendable, Hashable {
    /// Rises by one whenever a task is restored: an entry of an older epoch that comes after one of a newer epoch was
    /// written by a process that had lost the task and didn't know it yet.
    package var epoch: UInt64
    /// A random number of the task's owner: tells two owners apart that took the same epoch.
    package var writer: UInt32
    /// The entry's number within the task, from 1; 0 before the first.
    package var sequence: UInt64

    package init(epoch: UInt64, writer: UInt32, sequence: UInt64) {
        self.epoch = epoch
        self.writer = writer
        self.sequence = sequence
    }

    /// Before anything was written.
    package static let none = JournalMark(epoch: 0, writer: 0, sequence: 0)
}
