package import KafkaClient
package import Records
package import Snapshots

/// Where a state stands in its task's journal.
package struct JournalPlace: Sendable, Equatable {
    /// From where on the journal is to be read to go on from the state.
    package var position: Int64
    /// The entry that the state stands after.
    package var mark: JournalMark
}

/// The journal of one task at work: what it must follow still, what it has consumed since the last entry, and which entry
/// is on its way. A value without a topic or a clock; the worker does what it says.
package struct TaskJournal {
    /// The journal's partition.
    package let place: TopicPartition
    /// The input whose records come by the worker's own queue.
    package let features: TopicPartition
    package var replay: JournalReplay
    /// The place of the features in the replay's inputs.
    package let featuresPlace: Int
    private var recorder: JournalRecorder
    /// Up to where the features are recorded. They are noted when another input's turn comes, or an entry is taken.
    private var noted: NextOffset
    /// From where on the journal is to be read by whoever restores the task from here: at or before the next entry.
    package var position: Int64
    /// The entry that was taken last, where the features stood, and how many inputs the delivery ledger had begun; nil once it
    /// is committed.
    package private(set) var pending: (entry: JournalEntry, features: NextOffset, begun: UInt64)?
    private var isSent = false
    /// The last entry that is committed, and where the features stood.
    package private(set) var settled: (mark: JournalMark, features: NextOffset)

    /// - Parameters:
    ///   - reading: what the journal says from the task's snapshot on.
    ///   - writer: a random number of this owner.
    package init(_ reading: JournalReader.Reading, features: TopicPartition, writer: UInt32) {
        place = reading.chain.journal
        self.features = features
        replay = JournalReplay(reading.chain)
        featuresPlace = replay.place(of: features) ?? -1
        recorder = JournalRecorder(after: reading.chain.end.mark, writer: writer)
        noted = reading.chain.end.positions[features] ?? NextOffset(0)
        position = reading.next
        settled = (reading.chain.end.mark, noted)
    }

    package var isReplaying: Bool { !replay.isLive }

    /// The mark of the state: of the last entry that was taken.
    package var mark: JournalMark { pending?.entry.mark ?? settled.mark }

    /// As many runs make an entry of a quarter of what brokers take by default.
    package static let long = 10_000

    /// Runs since the last entry.
    package var runs: Int { recorder.count }

    /// What a snapshot of the state has to say.
    package var snapshotPlace: JournalPlace { JournalPlace(position: position, mark: mark) }

    /// Whether the state is one that an entry ends with: nothing was consumed since.
    package func isAtBorder(features position: NextOffset) -> Bool { recorder.isEmpty && noted == position }

    /// Notes a run of another input.
    /// - Parameter features: where the features stand.
    package mutating func consumed(
        _ input: TopicPartition, from: NextOffset, to: NextOffset, features position: NextOffset
    ) {
        note(features: position)
        recorder.consumed(input, from: from, to: to)
    }

    /// The entry for a commit; nil where one is on its way, or nothing was consumed since the last one.
    /// - Parameters:
    ///   - features: where the features stand.
    ///   - records: consumed by now, over all inputs.
    ///   - begun: inputs that the delivery ledger has begun; 0 where there is none.
    package mutating func takeEntry(
        features position: NextOffset, records: UInt64, begun: UInt64 = 0
    ) -> JournalEntry? {
        guard pending == nil else { return nil }
        note(features: position)
        guard let entry = recorder.takeEntry(records: records) else { return nil }
        pending = (entry, position, begun)
        return entry
    }

    /// The entry on its way, once, when everything that it covers is delivered.
    /// - Parameters:
    ///   - delivered: the position of the features below which every output is.
    ///   - settled: inputs, of all kinds, before which every output is.
    package mutating func takeEntryToSend(delivered: NextOffset, settled: UInt64 = .max) -> JournalEntry? {
        guard let pending, !isSent, delivered >= pending.features, settled >= pending.begun else { return nil }
        isSent = true
        return pending.entry
    }

    /// The entry on its way is committed.
    package mutating func settle() {
        guard let pending else { return }
        settled = (pending.entry.mark, pending.features)
        self.pending = nil
        isSent = false
    }

    private mutating func note(features position: NextOffset) {
        recorder.consumed(features, from: noted, to: position)
        noted = position
    }
}
