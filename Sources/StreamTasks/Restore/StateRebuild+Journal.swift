internal import KafkaClient
internal import Records
internal import Settings
internal import Snapshots

/// Tasks with several inputs: what they consumed beside their features, and between which records, only the journal tells.
extension StateRebuild {
    /// How many seconds may pass until the journal, or a record that it names, is there.
    private static let journalPatience = 10.0

    /// Follows the journal from where the task stands up to the record at `target`: everything that was consumed before
    /// that record, and nothing of what came after it.
    /// - Parameters:
    ///   - found: the snapshot whose state the task has; nil where it has read nothing.
    ///   - partitions: of the features topic, and so of the mix topic.
    func followJournal(
        _ task: inout StreamTask, from found: Snapshot?, _ features: TopicPartition, partitions: Int,
        to target: NextOffset, _ progress: (_ done: Int64, _ total: Int64) -> Void
    ) throws {
        let start = task.position
        let chain = try readJournal(
            from: standing(of: task, found, features, partitions: partitions), at: found?.metadata.journalPosition ?? 0,
            features, to: target)
        var replay = JournalReplay(chain)
        let inputs = replay.needed.sorted()
        guard !inputs.isEmpty else { return }
        let source = try ReplaySource(
            replay, inputs: inputs, properties: properties, patience: Self.journalPatience, log: { _ in })
        defer { source.close() }
        var sink = SilentSink()
        var isThrough = false
        while !isThrough, let run = replay.next, let place = replay.place(of: run.input) {
            let isFeature = run.input == features
            guard !isFeature || run.from < target else { break }
            let outcome = try source.next(of: run, isOver: { false }) { record in
                if isFeature, record.offset >= target.rawValue { return isThrough = true }
                guard try replay.admit(place, offset: record.offset) == .take else { return }
                if isFeature {
                    task.process(record, into: &sink)
                } else {
                    task.take(record, of: run.input.topic, into: &sink)
                }
                try replay.took(place, offset: record.offset, consumed: task.inputsConsumed)
            }
            switch outcome {
            case .read, .over: progress(task.position.rawValue - start.rawValue, target.rawValue - start.rawValue)
            case .end(let next): throw replay.missing(next: next)
            case .silent(let seconds): throw replay.silent(seconds: seconds)
            }
        }
        task.skip(to: target)
    }

    private func standing(
        of task: borrowing StreamTask, _ found: Snapshot?, _ features: TopicPartition, partitions: Int
    ) -> JournalStanding {
        var positions: [TopicPartition: NextOffset] = [:]
        for other in settings.otherInputs(of: features.partition, partitions: partitions) {
            positions[other] = NextOffset(0)
        }
        for position in task.positions {
            positions[TopicPartition(topic: position.topic, partition: position.partition)] = position.next
        }
        return JournalStanding(
            mark: found?.metadata.journalMark ?? .none, records: task.inputsConsumed, positions: positions)
    }

    private func readJournal(
        from standing: JournalStanding, at position: Int64, _ features: TopicPartition, to target: NextOffset
    ) throws -> JournalChain {
        let journal = TopicPartition(topic: settings.topics.journal, partition: features.partition)
        let reader = JournalReader(properties: properties, patience: Self.journalPatience, log: { _ in })
        defer { reader.close() }
        do {
            return try reader.read(journal, from: standing, at: position, committed: target, of: features).chain
        } catch let error as JournalError {
            guard case .behindCommitted(_, let found, _) = error.problem else { throw error }
            throw RebuildRefusal.notConsumed(target, end: found)
        }
    }
}
