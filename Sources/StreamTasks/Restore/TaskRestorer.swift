package import KafkaClient
package import Records
package import Settings
package import Snapshots

/// Makes a task with the state it must have, from what the broker and the snapshots' folder hold.
package struct TaskRestorer: Sendable {
    package enum Mode: Sendable, Equatable {
        case restore(allowGap: Bool)
        /// Forget everything: fresh state at the earliest offset; old snapshots are set aside.
        case fromScratch
    }

    /// What the broker says of one partition.
    package struct Found: Sendable {
        package var committed: NextOffset?
        package var low: NextOffset
        package var high: NextOffset
        /// The task's other inputs, each with the offsets that it holds.
        package var others: [TopicPartition: Range<Int64>]

        package init(
            committed: NextOffset?, low: NextOffset, high: NextOffset, others: [TopicPartition: Range<Int64>] = [:]
        ) {
            self.committed = committed
            self.low = low
            self.high = high
            self.others = others
        }
    }

    package let settings: PipelineSettings
    package let mode: Mode
    /// Says which snapshot was passed over, and why.
    package let onRejected: @Sendable (_ path: String, _ reason: SnapshotError) -> Void

    package init(
        _ settings: PipelineSettings, mode: Mode,
        onRejected: @escaping @Sendable (_ path: String, _ reason: SnapshotError) -> Void
    ) {
        self.settings = settings
        self.mode = mode
        self.onRejected = onRejected
    }

    /// The same, but going on from what there is.
    package var restoring: TaskRestorer {
        TaskRestorer(settings, mode: .restore(allowGap: false), onRejected: onRejected)
    }

    package func store(for partition: Int32) -> SnapshotDirectory {
        SnapshotDirectory(root: settings.snapshots.directory, pipeline: settings.pipeline, partition: partition)
    }

    /// Restores the task of one partition. Blocking: reads files, on the caller's thread.
    /// - Parameters:
    ///   - journals: reads the journal, where the task has other inputs.
    ///   - now: seconds of a clock that never steps.
    /// - Throws: `RestoreRefusal` where the state can't be had, `StateError` where a snapshot doesn't fit, `JournalError`
    ///   where the journal doesn't.
    package func restore(
        _ partition: TopicPartition, found: Found, journals: JournalReader? = nil, now: Double
    ) throws -> (runner: TaskRunner, plan: RestorePlan) {
        let store = store(for: partition.partition)
        var snapshot: Snapshot?
        let plan: RestorePlan
        switch mode {
        case .fromScratch:
            try store.setAside()
            plan = .begin(at: found.low)
        case .restore(let allowGap):
            let topic = partition.topic
            snapshot = store.newestVerified(
                atOrBefore: { metadata in Self.fits(metadata, topic: topic, found: found) },
                rejected: onRejected)
            plan = RestorePlan.decide(
                committed: found.committed,
                snapshot: snapshot?.metadata.position(topic: topic, partition: partition.partition),
                // The one of a task that has read nothing stands for nothing: a start that ended before its first commit.
                snapshotsExist: store.entries().contains { $0.records > 0 }, low: found.low, high: found.high,
                allowGap: allowGap)
        }
        let (start, end) =
            switch plan {
            case .begin(let position): (position, position)
            case .replay(let from, let to), .replayAll(let from, let to): (from, to)
            case .refuse(let refusal): throw refusal
            }
        var task = try StreamTask(settings, partition: partition.partition, position: start)
        if let snapshot {
            let changed = settings.changedKeys(against: snapshot.metadata.settings.map { ($0.key, $0.text) })
            guard changed.isEmpty else { throw RestoreRefusal.settingsChanged(keys: changed) }
            try task.restore(snapshot)
            task.skip(to: start)
        } else if case .begin = plan {
            task.beginMixes(at: beginnings(found))
        }
        let opened = try journals.map { try openJournal(of: task, partition, plan, snapshot, found: found, with: $0) }
        let schedule = SnapshotSchedule(settings.snapshots.every, records: task.inputsConsumed, now: now)
        let runner = TaskRunner(
            partition: partition, task: task, replayUntil: max(opened?.end ?? end, start), endAtStart: found.high,
            store: store, border: SnapshotBorder(schedule), journal: opened?.journal, source: opened?.source)
        runner.lows = found.others.mapValues { NextOffset($0.lowerBound) }
        return (runner, plan)
    }

    /// Whether a snapshot says where all inputs stand, and lies at or before what is committed. How far the other inputs
    /// were consumed is the journal's to say: it must lead on from the snapshot's positions.
    private static func fits(_ metadata: SnapshotMetadata, topic: String, found: Found) -> Bool {
        guard let committed = found.committed else { return false }
        return metadata.positions.allSatisfy { $0.topic != topic || $0.next <= committed }
            && found.others.keys.allSatisfy { metadata.position(topic: $0.topic, partition: $0.partition) != nil }
    }
}

extension SnapshotMetadata {
    package func position(topic: String, partition: Int32) -> NextOffset? {
        positions.first { $0.topic == topic && $0.partition == partition }?.next
    }
}
