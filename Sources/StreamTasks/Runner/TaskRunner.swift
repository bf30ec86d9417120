internal import Failpoints
package import KafkaClient
package import Records
package import Snapshots

/// One task at work on a worker: where it replays to, what may be committed, and which snapshot waits for its commit.
///
/// It belongs to one thread at a time: it is made where partitions are assigned, and handed to a worker.
package final class TaskRunner {
    package let partition: TopicPartition
    package internal(set) var task: StreamTask
    /// Its place in the worker's producer; nil until a worker has taken it, and within transactions.
    package private(set) var lane: DeliveryLane?
    /// Until this position the task learns silently what it had learned before.
    package let replayUntil: NextOffset
    /// The partition's end when it was assigned, for `--until-end`.
    package let endAtStart: NextOffset
    var featuresReachedEnd: Bool
    /// Where the labels partition ended when the task was assigned, and whether it has no more, as far as that.
    package var labelsEnd = NextOffset(0)
    private var labelsReachedEnd = false
    /// When labels are read; nil where they stand in the feature records.
    package var pace: LabelPace?
    package let store: any SnapshotStore
    package var border: SnapshotBorder
    /// What the task's commits tell beside their positions.
    package var note = CommitNote(partitions: 1)
    /// The record that an earlier owner has read and that must still stand in its place.
    private var expected: CommitNote.Mark?
    /// The gap that the restore has passed over; nil where it found none.
    package var passedGap: InputGap?
    /// Nil where the task has one input.
    package internal(set) var journal: TaskJournal?
    /// Until the replay is over: where the records of the task's other inputs come from.
    var source: ReplaySource?
    /// The first offsets that the other inputs still held when the task was restored.
    package var lows: [TopicPartition: NextOffset] = [:]
    /// Why its inputs can't be followed; nothing more is processed then.
    package internal(set) var failure: (any Error)?
    /// The position that was asked to be committed last.
    package var requested: NextOffset
    /// When that was, in seconds of a clock that never steps.
    package var requestedAt = -Double.infinity

    package init(
        partition: TopicPartition, task: consuming StreamTask, replayUntil: NextOffset, endAtStart: NextOffset,
        store: any SnapshotStore, border: SnapshotBorder, journal: TaskJournal? = nil, source: ReplaySource? = nil
    ) {
        self.partition = partition
        self.replayUntil = replayUntil
        self.endAtStart = endAtStart
        self.store = store
        self.border = border
        self.journal = journal
        self.source = source
        requested = replayUntil
        settled = replayUntil
        featuresReachedEnd = task.position >= endAtStart
        self.task = task
    }

    package var position: NextOffset { task.position }
    /// Where the partition's records are to be read from, at assignment: one is read again, to see that it is still there.
    package var startPosition: RecordPosition {
        let next = min(task.position, expected.map { NextOffset($0.offset) } ?? task.position)
        return RecordPosition(topic: partition.topic, partition: partition.partition, next: next)
    }
    package var isReplaying: Bool { journal?.isReplaying ?? (task.position < replayUntil) }
    /// Within transactions: the position that was committed last.
    package var settled: NextOffset
    /// The position below which every output is delivered.
    package var delivered: NextOffset { lane?.ledger.watermark ?? settled }
    /// The position that may be committed: what is delivered, or, with a journal, what its last delivered entry says.
    package var watermark: NextOffset {
        guard lane != nil, let journal else { return delivered }
        return journal.settled.features
    }

    /// The worker that takes it over gives it a lane, or none within transactions.
    package func take(_ lane: DeliveryLane?) { self.lane = lane }

    /// Steps 2 to 8 for one record, silently while it lies before the committed position.
    package func process(_ record: InputRecord, into sink: inout KafkaSink) {
        guard failure == nil else { return }
        // A record that was already processed can come again where a fetch starts at a batch's border.
        guard record.offset >= task.position.rawValue else { return verify(record) }
        sink.lane = lane
        sink.isSilent = record.offset < replayUntil.rawValue
        if sink.isSilent {
            failpoint(.replay)
            verify(record)
            guard failure == nil else { return }
        }
        note.last = CommitNote.Mark(offset: record.offset, timestamp: record.timestamp)
        if journal?.isReplaying == true { return follow(record, into: &sink) }
        lane?.ledger.open(offset: record.offset)
        task.process(record, into: &sink)
        lane?.ledger.close()
        pace?.processed(record.timestamp)
        if task.position >= endAtStart { featuresReachedEnd = true }
    }

    /// Whether everything that was there at the assignment is read.
    package var reachedEnd: Bool {
        featuresReachedEnd && (labelsReachedEnd || task.labelPosition >= labelsEnd)
    }

    /// The labels partition has no more records for now.
    package func reachLabelsEnd(at end: NextOffset) {
        if end >= labelsEnd { labelsReachedEnd = true }
    }

    /// What an earlier owner has read last, which its records must show again.
    /// - Parameter low: records before it are gone.
    func expect(_ mark: CommitNote.Mark?, low: NextOffset) {
        note.last = mark
        expected = mark.flatMap { $0.offset >= low.rawValue ? $0 : nil }
    }

    private func verify(_ record: InputRecord) {
        guard let mark = expected, mark.offset == record.offset else { return }
        expected = nil
        if mark.timestamp != record.timestamp { failure = RestoreRefusal.otherRecord(offset: record.offset) }
    }

    /// The partition has no more records for now: `end` is where its next one will stand.
    ///
    /// A committed position can lie behind the last record, where a transaction's marker or a human's commit has put it. No
    /// record will come to end the replay then.
    package func reachEnd(at end: NextOffset) {
        featuresReachedEnd = true
        pace?.featuresEnded()
        guard journal == nil else { return missRecords(before: end) }
        guard isReplaying, end >= replayUntil else { return }
        task.skip(to: replayUntil)
        lane?.ledger.skip(to: replayUntil)
    }

    package func copySnapshotIfDue(now: Double, writtenAt: () -> Int64) {
        guard !isReplaying, isAtBorder else { return }
        border.copyIfDue(task, journal: journal?.snapshotPlace, now: now, writtenAt: writtenAt)
    }

    /// The copy that waits, once what it stands for is committed.
    package func releaseSnapshot(committed: NextOffset) -> Snapshot? {
        border.release(committed: committed, entry: journal?.settled.mark.sequence)
    }

    /// A copy of the state with what it stands for.
    package func snapshot(writtenAt milliseconds: Int64) -> Snapshot {
        task.snapshot(journal: journal?.snapshotPlace, writtenAt: milliseconds)
    }
}
