package import KafkaClient
package import Records
internal import Snapshots

/// The entries that follow a snapshot, in order and without a gap: read from the snapshot's journal position to the end.
///
/// Every restored task writes under a newer epoch. So an entry that a process wrote after it had lost the task is known:
/// it is left out where it comes after the new owner's first entry, and dropped again where it came before it and the new
/// owner hadn't seen it. A pure machine: it knows no topic and no clock.
/// - Cost: O(runs) an entry; a new epoch that drops entries goes over the kept ones again.
package struct JournalChain: Sendable {
    package struct Link: Sendable, Equatable {
        package var entry: JournalEntry
        package var offset: Int64
    }

    package let journal: TopicPartition
    /// Where the snapshot stands.
    package let start: JournalStanding
    /// Where the entries lead to.
    package private(set) var end: JournalStanding
    /// The entries from `start` to `end`.
    package private(set) var links: [Link] = []
    /// Entries of owners that had lost the task.
    package private(set) var strays = 0

    package init(_ journal: TopicPartition, from start: JournalStanding) {
        self.journal = journal
        self.start = start
        end = start
    }

    /// Takes the next record of the journal in.
    /// - Throws: where entries are missing, doubled, or don't continue each other.
    package mutating func append(_ entry: JournalEntry, at offset: Int64) throws(JournalError) {
        let mark = entry.mark
        guard mark.epoch >= end.mark.epoch else { return strays += 1 }
        if mark.epoch == end.mark.epoch {
            guard mark.writer == end.mark.writer else { return strays += 1 }
            if links.isEmpty, mark.sequence <= start.mark.sequence { return try passed(entry, at: offset) }
            let allowed = end.mark.sequence + 1
            guard mark.sequence == allowed else {
                throw fault(.sequence(found: mark.sequence, allowed: allowed...allowed), offset)
            }
        } else {
            let allowed = start.mark.sequence + 1...end.mark.sequence + 1
            guard allowed.contains(mark.sequence) else {
                throw fault(.sequence(found: mark.sequence, allowed: allowed), offset)
            }
            try drop(from: mark.sequence)
        }
        try end.advance(over: entry, journal: journal, offset: offset)
        links.append(Link(entry: entry, offset: offset))
    }

    /// Whether the chain reaches what the group has committed of an input. It may go further: where offsets are committed
    /// after the entry, a crash may come between the two, and the last entry is then the position.
    /// - Throws: where it doesn't.
    package func reach(_ committed: NextOffset, of input: TopicPartition) throws(JournalError) {
        let found = end.positions[input] ?? NextOffset(0)
        guard found >= committed else {
            throw JournalError(.behindCommitted(input, found: found, committed: committed), journal: journal)
        }
    }

    /// An entry that the snapshot has in it.
    private func passed(_ entry: JournalEntry, at offset: Int64) throws(JournalError) {
        guard entry.mark.sequence == start.mark.sequence, entry.records != start.records else { return }
        throw fault(.otherSnapshot(found: entry.records, snapshot: start.records), offset)
    }

    /// Leaves out what a new owner hadn't seen.
    private mutating func drop(from sequence: UInt64) throws(JournalError) {
        guard let last = links.last, last.entry.mark.sequence >= sequence else { return }
        strays += links.count { $0.entry.mark.sequence >= sequence }
        links.removeAll { $0.entry.mark.sequence >= sequence }
        end = start
        for link in links { try end.advance(over: link.entry, journal: journal, offset: link.offset) }
    }

    private func fault(_ problem: JournalError.Problem, _ offset: Int64) -> JournalError {
        JournalError(problem, journal: journal, offset: offset)
    }
}
