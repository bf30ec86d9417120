package import KafkaClient
package import Records
package import Snapshots

/// Where a task stands: after which entry, with how many records, and at which position of each of its inputs.
package struct JournalStanding: Sendable, Equatable {
    package var mark: JournalMark
    /// Consumed, over all inputs.
    package var records: UInt64
    /// All inputs of the task, and no others.
    package var positions: [TopicPartition: NextOffset]

    package init(mark: JournalMark, records: UInt64, positions: [TopicPartition: NextOffset]) {
        self.mark = mark
        self.records = records
        self.positions = positions
    }

    /// Goes over one entry, whose sequence the caller has looked at.
    /// - Throws: where a run doesn't begin at the position of its input, or the count goes back. Half of it is then done.
    mutating func advance(over entry: JournalEntry, journal: TopicPartition, offset: Int64) throws(JournalError) {
        for run in entry.runs {
            guard let position = positions[run.input] else {
                throw JournalError(
                    .unknownInput(run.input, allowed: positions.keys.sorted()), journal: journal, offset: offset)
            }
            guard run.from == position else {
                throw JournalError(.notContinued(run, allowed: position), journal: journal, offset: offset)
            }
            positions[run.input] = run.to
        }
        // An owner that was allowed to go on over a gap has counted fewer than the ones before it.
        guard entry.records >= records || entry.mark.epoch > mark.epoch else {
            throw JournalError(
                .recordsGoBack(found: entry.records, before: records), journal: journal, offset: offset)
        }
        records = entry.records
        mark = entry.mark
    }
}
