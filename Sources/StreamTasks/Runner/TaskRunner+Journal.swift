internal import KafkaClient
package import Records

/// A task with several inputs at work: following its journal, and keeping it.
extension TaskRunner {
    /// Whether the state is one that a commit ends with; with one input each state is.
    package var isAtBorder: Bool { journal?.isAtBorder(features: task.position) ?? true }

    /// Whether an entry is due whatever the time, and whether nothing more may be consumed before one is taken.
    package var isJournalLong: Bool { journal.map { $0.runs >= TaskJournal.long } ?? false }
    package var isJournalFull: Bool { journal.map { $0.runs >= 2 * TaskJournal.long } ?? false }

    /// Nothing that was consumed waits for its commit.
    package var isSettled: Bool { isAtBorder && journal?.pending == nil }

    /// The entry on its way is committed.
    package func settleEntry() { journal?.settle() }

    /// One features record of the replay: the journal says whether it is its turn.
    func follow(_ record: InputRecord, into sink: inout KafkaSink) {
        guard let place = journal?.featuresPlace else { return }
        do {
            switch try journal?.replay.admit(place, offset: record.offset) {
            case .take:
                lane?.ledger.open(offset: record.offset)
                sink.isSilent = true
                task.process(record, into: &sink)
                lane?.ledger.close()
                if task.position >= endAtStart { featuresReachedEnd = true }
                try journal?.replay.took(place, offset: record.offset, consumed: task.inputsConsumed)
            case .wait:
                // Others' runs are followed as soon as they are next, so none can be: a record of theirs must be gone.
                if let journal { throw journal.replay.missing(next: NextOffset(record.offset)) }
            case .skip, .live, nil: break
            }
        } catch {
            failure = error
        }
    }

    /// The features have come to their end, and a run of the replay hasn't: its records are gone.
    func missRecords(before end: NextOffset) {
        guard let journal, journal.replay.nextInput == journal.featuresPlace else { return }
        if let run = journal.replay.next, end >= run.to { failure = journal.replay.missing(next: end) }
    }

    /// Consumes the runs of other inputs that come next in the journal. Blocks until their records are there.
    /// - Parameter isOver: whether whoever wants the task back can't wait any longer; the task is then of no more use.
    package func followOthers(isOver: () -> Bool) {
        guard let source, failure == nil, journal != nil else { return }
        do {
            while let place = journal?.replay.nextInput, place != journal?.featuresPlace {
                guard let run = journal?.replay.next else { break }
                switch try source.next(of: run, isOver: isOver, { try follow($0, of: run.input, at: place) }) {
                case .read: continue
                case .end(let next): if let journal { throw journal.replay.missing(next: next) }
                case .over: throw ReplayCutShort()
                case .silent(let seconds): if let journal { throw journal.replay.silent(seconds: seconds) }
                }
            }
        } catch {
            failure = error
        }
        if !isReplaying { endReplay() }
    }

    /// One record of another input, in the replay.
    private func follow(_ record: InputRecord, of input: TopicPartition, at place: Int) throws {
        guard try journal?.replay.admit(place, offset: record.offset) == .take else { return }
        var sink = SilentSink()
        task.take(record, of: input.topic, into: &sink)
        try journal?.replay.took(place, offset: record.offset, consumed: task.inputsConsumed)
    }

    /// The other inputs come by the worker's own reader from here on.
    package func endReplay() {
        source?.close()
        source = nil
    }

    /// One record of another input, live. Of the other tasks' messages the task ignores its own, and those that it has.
    /// - Returns: why the message was refused, where it was.
    @discardableResult
    package func take(_ record: InputRecord, of topic: String, into sink: inout KafkaSink) -> MixError? {
        guard failure == nil else { return nil }
        let before = task.position(of: topic, record.partition)
        sink.lane = lane
        sink.isSilent = false
        // What it writes belongs to no features record; the entry that covers it waits for it all the same.
        lane?.ledger.open(offset: task.position.rawValue - 1)
        let refusal = task.take(record, of: topic, into: &sink)
        lane?.ledger.close()
        journal?.consumed(
            TopicPartition(topic: topic, partition: record.partition), from: before,
            to: task.position(of: topic, record.partition), features: task.position)
        return refusal
    }

    /// Whether labels are to be read before a features record of this time.
    package func isLabelLookDue(before time: Int64) -> Bool { pace?.isDue(before: time) ?? false }

    /// Without transactions: the entry that was taken, once, when everything that it covers is delivered.
    package func takeEntryToSend() -> JournalEntry? {
        journal?.takeEntryToSend(delivered: delivered, settled: lane?.ledger.settled ?? .max)
    }

    /// Where the other inputs are to be read next, and the journal, whose positions its snapshots tell.
    package var otherPositions: [RecordPosition] {
        guard let journal else { return [] }
        let place = RecordPosition(
            topic: journal.place.topic, partition: journal.place.partition, next: NextOffset(journal.position))
        let others = task.positions.dropFirst().map { position in
            let low = lows[TopicPartition(topic: position.topic, partition: position.partition)] ?? position.next
            return RecordPosition(
                topic: position.topic, partition: position.partition, next: max(position.next, low))
        }
        return others + [place]
    }

    /// Everything in the journal before a position has been seen: entries that aren't taken yet come behind it.
    package func journalReached(_ next: NextOffset) {
        if let known = journal?.position { journal?.position = max(known, next.rawValue) }
    }

    /// The entry for a commit now; nil where none is needed, or one is on its way.
    @discardableResult
    package func takeEntry() -> JournalEntry? {
        guard !isReplaying, failure == nil else { return nil }
        return journal?.takeEntry(
            features: task.position, records: task.inputsConsumed, begun: lane?.ledger.opened ?? 0)
    }
}

/// A replay that ended before its time, because its task was wanted back and its records didn't come.
package struct ReplayCutShort: Error, CustomStringConvertible {
    package var description: String { "the replay was cut short, because its records didn't come in time; start again" }
}
