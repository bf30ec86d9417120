package import KafkaClient
package import Records
package import Snapshots

/// Writes down in which order a task consumes its inputs, for one entry a commit.
///
/// It is told of a batch once the batch is drained, never of a record. A pure machine: it knows no topic and no clock, and
/// as a value it can be copied with the task's state and put back with it.
/// - Cost: O(1) a batch, amortized; allocates where the entry has more runs than any before.
package struct JournalRecorder: Sendable {
    /// The entry that was taken last.
    package private(set) var mark: JournalMark
    private var runs: [InputRun] = []

    /// Goes on after an entry.
    /// - Parameters:
    ///   - mark: where the task stands; its epoch is left behind.
    ///   - writer: a random number of this owner.
    package init(after mark: JournalMark, writer: UInt32) {
        self.mark = JournalMark(epoch: mark.epoch + 1, writer: writer, sequence: mark.sequence)
    }

    /// Runs since the last entry.
    package var count: Int { runs.count }
    /// Whether there is nothing to write.
    package var isEmpty: Bool { runs.isEmpty }

    /// Notes that the task went from one position of an input to another; nothing where it stayed.
    package mutating func consumed(_ input: TopicPartition, from: NextOffset, to: NextOffset) {
        guard from < to else { return }
        let last = runs.count - 1
        if last >= 0, runs[last].to == from, runs[last].input == input {
            runs[last].to = to
        } else {
            runs.append(InputRun(input, from: from, to: to))
        }
    }

    /// The entry for a commit; nil where nothing was consumed since the last one.
    /// - Parameter records: what the task has consumed by now, over all inputs.
    package mutating func takeEntry(records: UInt64) -> JournalEntry? {
        guard !runs.isEmpty else { return nil }
        mark.sequence += 1
        defer { runs.removeAll(keepingCapacity: true) }
        return JournalEntry(mark: mark, records: records, runs: runs)
    }
}
