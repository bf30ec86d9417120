internal import Failpoints
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
        /// What the commit tells beside its position.
        package var note: CommitNote?
        /// How many partitions the features topic had when the group began, where its commits tell, and has now.
        package var partitions: (then: Int?, now: Int)
        package var low: NextOffset
        package var high: NextOffset
        /// The task's other inputs, each with the offsets that it holds.
        package var others: [TopicPartition: Range<Int64>]

        package init(
            committed: NextOffset?, note: CommitNote? = nil, partitions: (then: Int?, now: Int) = (nil, 1),
            low: NextOffset, high: NextOffset, others: [TopicPartition: Range<Int64>] = [:]
        ) {
            self.committed = committed
            self.note = note
            self.partitions = partitions
            self.low = low
            self.high = high
            self.others = others
        }
    }

    package let settings: PipelineSettings
    package let mode: Mode
    package let stores: SnapshotStores
    /// Says which snapshot was passed over, and why.
    package let onRejected: @Sendable (_ path: String, _ reason: SnapshotError) -> Void

    /// - Parameter stores: where the snapshots are; by default opened as the settings say.
    package init(
        _ settings: PipelineSettings, mode: Mode, stores: SnapshotStores? = nil,
        onRejected: @escaping @Sendable (_ path: String, _ reason: SnapshotError) -> Void
    ) {
        self.settings = settings
        self.mode = mode
        self.stores = stores ?? SnapshotStores(settings)
        self.onRejected = onRejected
    }

    /// The same, but going on from what there is.
    package var restoring: TaskRestorer {
        TaskRestorer(settings, mode: .restore(allowGap: false), stores: stores, onRejected: onRejected)
    }

    package func store(for partition: Int32) -> any SnapshotStore { stores.store(for: partition) }

    /// Restores the task of one partition. Blocking: reads the store, on the caller's thread.
    /// - Parameters:
    ///   - journals: reads the journal, where the task has other inputs.
    ///   - now: seconds of a clock that never steps.
    /// - Throws: `RestoreRefusal` where the state can't be had, `StateError` where a snapshot doesn't fit, `SnapshotError`
    ///   where the store can't be read, `JournalError` where the journal doesn't lead on.
    package func restore(
        _ partition: TopicPartition, found: Found, journals: JournalReader? = nil, now: Double
    ) throws -> (runner: TaskRunner, plan: RestorePlan) {
        failpoint(.restore)
        let store = store(for: partition.partition)
        var snapshot: Snapshot?
        let plan: RestorePlan
        switch mode {
        case .fromScratch:
            try store.setAside()
            plan = .begin(at: found.low)
        case .restore(let allowGap):
            if let then = found.partitions.then, then != found.partitions.now {
                throw RestoreRefusal.partitionsChanged(then: then, now: found.partitions.now)
            }
            let topic = partition.topic
            snapshot = try store.newestVerified(
                atOrBefore: { outline in Self.fits(outline, topic: topic, found: found) },
                rejected: onRejected)
            // The one of a task that has read nothing stands for nothing: a start that ended before its first commit.
            let snapshotsExist = try snapshot != nil || store.entries().contains { $0.records > 0 }
            plan = RestorePlan.decide(
                committed: found.committed,
                snapshot: snapshot?.metadata.position(topic: topic, partition: partition.partition),
                snapshotsExist: snapshotsExist, begun: found.note?.begun, low: found.low, high: found.high,
                allowGap: allowGap
            )
        }
        let (start, end) =
            switch plan {
            case .begin(let position): (position, position)
            case .replay(let from, let to), .replayAll(let from, let to): (from, to)
            case .refuse(let refusal): throw refusal
            }
        var task = try StreamTask(
            settings, partition: partition.partition, position: Self.beginning(plan, found) ?? start)
        if let snapshot {
            let changed = settings.changedKeys(against: snapshot.metadata.settings.map { ($0.key, $0.text) })
            guard changed.isEmpty else { throw RestoreRefusal.settingsChanged(keys: changed) }
            try task.restore(snapshot)
        } else if case .begin = plan {
            task.beginOthers(at: beginnings(found))
        }
        let hasGap = task.position < start
        task.passGap(to: start, toldAt: end)
        let passedGap = hasGap ? task.gaps.last : nil
        let opened = try journals.map { try openJournal(of: task, partition, plan, snapshot, found: found, with: $0) }
        if let gap = opened?.labelGap {
            guard mode == .restore(allowGap: true) else { throw RestoreRefusal.labelGap(gap) }
            task.gapLog.add(gap)
        }
        let schedule = SnapshotSchedule(settings.snapshots.every, records: task.inputsConsumed, now: now)
        let runner = TaskRunner(
            partition: partition, task: task, replayUntil: max(opened?.end ?? end, start), endAtStart: found.high,
            store: store, border: SnapshotBorder(schedule), journal: opened?.journal, source: opened?.source)
        runner.labelsEnd = found.labelsEnd(settings, partition)
        runner.pace = settings.labels.map { LabelPace($0, last: found.note?.last?.timestamp) }
        runner.lows = found.others.mapValues { NextOffset($0.lowerBound) }
        runner.note.partitions = found.partitions.now
        if case .replayAll = plan { runner.note.begun = start }
        if case .begin = plan {} else { runner.expect(found.note?.last, low: found.low) }
        runner.passedGap = passedGap
        return (runner, plan)
    }

    /// Where a state without a snapshot began; nil where it begins with what is there.
    private static func beginning(_ plan: RestorePlan, _ found: Found) -> NextOffset? {
        if case .replayAll = plan { found.note?.begun } else { nil }
    }

    /// Whether a snapshot says where all inputs stand, and lies at or before what is committed. How far the other inputs
    /// were consumed is the journal's to say: it must lead on from the snapshot's positions.
    private static func fits(_ outline: SnapshotOutline, topic: String, found: Found) -> Bool {
        guard let committed = found.committed else { return false }
        return outline.positions.allSatisfy { $0.topic != topic || $0.next <= committed }
            && found.others.keys.allSatisfy { other in
                outline.positions.contains { $0.topic == other.topic && $0.partition == other.partition }
            }
    }
}

extension SnapshotMetadata {
    package func position(topic: String, partition: Int32) -> NextOffset? {
        positions.first { $0.topic == topic && $0.partition == partition }?.next
    }
}
