internal import KafkaClient
internal import Records
internal import Settings
internal import Snapshots

/// What a task with several inputs needs beside its snapshot.
extension TaskRestorer {
    struct OpenedJournal {
        var journal: TaskJournal
        /// Nil where nothing of the other inputs is to be replayed.
        var source: ReplaySource?
        /// Where the journal leaves the features: up to there the replay goes.
        var end: NextOffset
    }

    /// Reads the journal on from the snapshot, and opens the inputs that the replay needs. Blocks the thread.
    func openJournal(
        of task: borrowing StreamTask, _ partition: TopicPartition, _ plan: RestorePlan, _ snapshot: Snapshot?,
        found: Found, with reader: JournalReader
    ) throws -> OpenedJournal {
        let place = TopicPartition(topic: settings.topics.journal, partition: partition.partition)
        var standing = standing(of: task, partition, snapshot, found: found)
        let reading: JournalReader.Reading
        if case .begin = plan {
            // What an earlier run has left there is none of this one's.
            let (mark, next) = try reader.beginning(of: place)
            standing.mark = mark
            reading = JournalReader.Reading(chain: JournalChain(place, from: standing), next: next)
        } else {
            reading = try reader.read(
                place, from: standing, at: snapshot?.metadata.journalPosition ?? 0,
                committed: found.committed ?? found.low, of: partition)
        }
        var journal = TaskJournal(reading, features: partition, writer: UInt32.random(in: 0...UInt32.max))
        // Where retention has made a gap that is allowed.
        journal.replay.skip(partition, to: task.position)
        return OpenedJournal(
            journal: journal, source: try reader.source(for: journal.replay, beside: partition),
            end: reading.chain.end.positions[partition] ?? task.position)
    }

    /// Where the task's state stands.
    private func standing(
        of task: borrowing StreamTask, _ partition: TopicPartition, _ snapshot: Snapshot?, found: Found
    ) -> JournalStanding {
        var positions: [TopicPartition: NextOffset] = found.others.mapValues { _ in NextOffset(0) }
        for position in task.positions {
            positions[TopicPartition(topic: position.topic, partition: position.partition)] = position.next
        }
        // The state itself stands before a gap, whatever is read next.
        if let own = snapshot?.metadata.position(topic: partition.topic, partition: partition.partition) {
            positions[partition] = own
        }
        return JournalStanding(
            mark: snapshot?.metadata.journalMark ?? .none, records: task.inputsConsumed, positions: positions)
    }

    /// Where a task that has read nothing begins with the messages of the others: with what there is; when all is forgotten,
    /// with what comes from now on, because what is there was learned before.
    func beginnings(_ found: Found) -> [Int32: NextOffset] {
        var positions: [Int32: NextOffset] = [:]
        for (input, offsets) in found.others {
            positions[input.partition] = NextOffset(mode == .fromScratch ? offsets.upperBound : offsets.lowerBound)
        }
        return positions
    }
}
