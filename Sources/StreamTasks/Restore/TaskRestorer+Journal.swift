internal import KafkaClient
internal import Records
internal import Settings
internal import Snapshots

extension TaskRestorer.Found {
    /// Where the labels partition ends; 0 where there is none.
    func labelsEnd(_ settings: PipelineSettings, _ partition: TopicPartition) -> NextOffset {
        let end = settings.topics.labels.flatMap { topic in
            others[TopicPartition(topic: topic, partition: partition.partition)]?.upperBound
        }
        return NextOffset(end ?? 0)
    }
}

/// What a task with several inputs needs beside its snapshot.
extension TaskRestorer {
    struct OpenedJournal {
        var journal: TaskJournal
        /// Nil where nothing of the other inputs is to be replayed.
        var source: ReplaySource?
        /// Where the journal leaves the features: up to there the replay goes.
        var end: NextOffset
        /// Labels that were gone before anything had read them; nil where there are none.
        var labelGap: InputGap?
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
        let end = reading.chain.end.positions[partition] ?? task.position
        return OpenedJournal(
            journal: journal, source: try reader.source(for: journal.replay, beside: partition), end: end,
            labelGap: labelGap(partition, reading.chain.end.positions, found, toldAt: end))
    }

    /// What retention has taken of the labels behind the place to which the journal leads.
    private func labelGap(
        _ partition: TopicPartition, _ ends: [TopicPartition: NextOffset], _ found: Found, toldAt: NextOffset
    ) -> InputGap? {
        guard let topic = settings.topics.labels else { return nil }
        let place = TopicPartition(topic: topic, partition: partition.partition)
        guard let from = ends[place], let low = found.others[place]?.lowerBound, from.rawValue < low else { return nil }
        return InputGap(topic: topic, partition: place.partition, from: from, to: NextOffset(low), toldAt: toldAt)
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

    /// Where a task that has read nothing begins with its other inputs: with what there is; when all is forgotten, with the
    /// messages that come from now on, because what is there was learned before.
    func beginnings(_ found: Found) -> [RecordPosition] {
        found.others.map { input, offsets in
            let isPast = mode == .fromScratch && input.topic == settings.topics.mix
            return RecordPosition(
                topic: input.topic, partition: input.partition,
                next: NextOffset(isPast ? offsets.upperBound : offsets.lowerBound))
        }
    }
}
