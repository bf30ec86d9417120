internal import Failpoints
internal import Foundation
internal import KafkaClient
internal import Logging
internal import Records
internal import Settings
internal import StreamTasks
internal import Synchronization
internal import Telemetry

/// One OS thread that owns some tasks and one producer: it polls their partitions, processes, writes, commits.
///
/// Only `mailbox`, `wake` and `join` are for other threads.
final class Worker: @unchecked Sendable {
    let mailbox = Mailbox()
    let number: Int
    let service: StreamService
    let consumer: Consumer

    var sink: KafkaSink
    /// Nil once the worker has ended: the consumer closes only when no queue of it is left.
    var queue: WorkerQueue?
    private let waker: QueueWaker
    var runners: [TaskRunner] = []
    /// The tasks by the slots of their partitions in the queue.
    var bySlot: [TaskRunner?] = []
    var meter = LatencyMeter()
    let figures: WorkerFigures
    /// Reads what tasks consume beside their features; nil where they have one input.
    let others: OtherInputs?
    private var lastCommit = 0.0
    private var sinceCommit = 0
    /// Its transactions are lost; until they are renewed it processes nothing.
    var isLost = false
    let patience = Patience(clock: SteadyClock.now)
    private let ended = DispatchSemaphore(value: 0)

    /// As many records as are taken from the queue at once: enough to share the cost of a poll, few enough to stay in cache.
    private static let batchSize = 1_000
    /// Seconds after which a commit without an answer is asked for again.
    private static let commitPatience = 5.0
    /// How long an idle worker waits before it looks at its commits and snapshots.
    private static let idleWait: Int32 = 50

    init(
        number: Int, service: StreamService, consumer: Consumer, clientLog: @escaping @Sendable (ClientLog) -> Void
    ) throws(KafkaError) {
        self.number = number
        self.service = service
        self.consumer = consumer
        let queue = try WorkerQueue(consumer: consumer, capacity: Self.batchSize)
        waker = queue.waker
        self.queue = consume queue
        let outlet = try service.settings.makeOutlet(
            worker: number, instance: service.instance, consumer: consumer, log: clientLog, wake: waker.wake)
        sink = KafkaSink(outlet, settings: service.settings, patience: patience)
        figures = WorkerFigures(service, consumer: consumer)
        others =
            try service.settings.usesJournal
            ? OtherInputs(service.settings, log: clientLog) { [log = service.log] place, reason in
                log.warning("a model's message is refused", metadata: ["at": "\(place)", "reason": "\(reason)"])
            } : nil
    }

    func start() {
        let thread = Thread { self.run() }
        thread.name = "millrace-worker-\(number)"
        thread.stackSize = 8 << 20
        thread.start()
    }

    func order(_ order: WorkerOrder) {
        // A worker that waits for room in its producer would else never look at its orders.
        if case .release(_, _, let deadline, _) = order { patience.end(at: deadline) }
        mailbox.put(order)
        waker.wake()
    }

    /// Cuts the wait for brokers in a renewal short. The worker's transactions are of no use after that.
    func cancelRenewal() { sink.transactions?.cancel() }

    /// Waits for the thread to end; false where it hasn't by the deadline.
    func join(seconds: Double) -> Bool { ended.wait(timeout: .now() + seconds) == .success }

    private func run() {
        defer {
            queue = nil
            others?.close()
            sink.close()
            ended.signal()
        }
        while true {
            for order in mailbox.takeAll() {
                switch order {
                case .take(let runner): take(runner)
                case .release(let partitions, let lost, let deadline, let done):
                    release(partitions, lost: lost, deadline: deadline)
                    patience.renew()
                    done.signal()
                case .renew(let done):
                    renewTransactions()
                    done.signal()
                case .stop: return
                }
            }
            if isLost {
                Thread.sleep(forTimeInterval: 0.005)
            } else if sink.hasRoom, journalsHaveRoom, (pair?.filled ?? 0) < 8 * service.settings.commit.records {
                queue?.consume(timeoutMilliseconds: waitMilliseconds) { batch in process(batch) }
                readOthers(now: SteadyClock.now())
                serve(timeoutMilliseconds: 0)
            } else {
                // What waits goes out before anything that comes after it.
                serve(timeoutMilliseconds: 5)
                if pair?.turns.outputsWait ?? false { Thread.sleep(forTimeInterval: 0.000_5) }
            }
            sink.mendRefused()
            if let failure = sink.failure { service.fail(ServiceError.producer(failure)) }
            keepTime()
        }
    }

    private func process(_ batch: borrowing RecordBatch) {
        guard sink.failure == nil else { return }
        meter.begin()
        for index in 0..<batch.count {
            // An output that found no room in time leaves its input undone: nothing after it may be done either.
            if sink.isStalled { break }
            guard let runner = bySlot[batch.slot(index)] else { continue }
            let wasReplaying = runner.isReplaying
            let before = runner.position
            switch batch.kind(index) {
            case .record:
                let record = batch.record(index)
                if others != nil { readLabels(of: runner, before: record.timestamp) }
                runner.process(record, into: &sink)
                if !wasReplaying, runner.position > before { meter.add(timestamp: record.timestamp) }
            case .endOfPartition: runner.reachEnd(at: NextOffset(batch.offset(index)))
            case .error:
                if let error = batch.error(index) { note(error, of: runner) }
            }
            if wasReplaying { followOthers(runner) }
            if wasReplaying, !runner.isReplaying { wentLive(runner) }
        }
        meter.end()
        sinceCommit += batch.count
    }

    /// A fetch that failed in passing is repeated by the client; any other error needs a human.
    private func note(_ error: KafkaError, of runner: TaskRunner) {
        guard error.disposition == .retry else {
            return service.fail(ServiceError.consumer(runner.partition, error))
        }
        service.log.debug("fetch failed", metadata: ["partition": "\(runner.partition)", "reason": "\(error)"])
    }

    func wentLive(_ runner: TaskRunner) {
        figures.begin(runner)
        service.log.info(
            "task is live", metadata: ["partition": "\(runner.partition)", "position": "\(runner.position)"])
    }

    /// Makes the board current, whatever the time.
    func publishFigures() { figures.publish(runners, meter: &meter, tally: &sink.tally, now: .infinity) }

    func isCommitDue(now: Double) -> Bool {
        now - lastCommit >= Double(service.settings.commit.intervalMilliseconds) / 1000
            || sinceCommit >= service.settings.commit.records || runners.contains { $0.isJournalLong }
    }

    func committed(at now: Double) {
        lastCommit = now
        sinceCommit = 0
    }

    /// How long to wait for a record: at most until the next commit of what is open.
    private var waitMilliseconds: Int32 {
        guard let pair, pair.turns.mayCut else { return Self.idleWait }
        let due = lastCommit + Double(service.settings.commit.intervalMilliseconds) / 1000
        return min(Self.idleWait, Int32(max((due - SteadyClock.now()) * 1000, 0).rounded(.up)))
    }

    /// Commits, snapshots and publishes figures when their times have come.
    private func keepTime() {
        let now = SteadyClock.now()
        if pair != nil {
            cutIfDue(now: now)
        } else if isCommitDue(now: now) {
            committed(at: now)
            commitWatermarks(now: now)
        }
        for runner in runners {
            if let failure = runner.failure { fail(runner, failure) }
            sendEntry(of: runner)
            runner.copySnapshotIfDue(now: now, writtenAt: SteadyClock.wallMilliseconds)
            if runner.border.isWaiting, let committed = service.commits.committed(runner.partition),
                let snapshot = runner.releaseSnapshot(committed: committed)
            {
                service.publisher.publish(snapshot, to: runner.store)
            }
        }
        figures.publish(runners, meter: &meter, tally: &sink.tally, now: now)
    }

    /// Asks for the delivered watermarks to be committed, without waiting.
    private func commitWatermarks(now: Double) {
        var positions: [RecordPosition] = []
        for runner in runners {
            runner.takeEntry()
            let confirmed = runner.confirmed(by: service.commits) ?? runner.replayUntil
            // One that failed, and one whose answer never came, because its coordinator moved meanwhile.
            let isLate = runner.requested > confirmed && now - runner.requestedAt > Self.commitPatience
            if service.commits.takeRejection(runner.partition) || isLate { runner.requested = confirmed }
            // One at a time: a commit that the client repeats would set back a later one.
            guard runner.requested <= confirmed, runner.watermark > confirmed else { continue }
            runner.requested = runner.watermark
            runner.requestedAt = now
            positions.append(runner.recordPosition)
        }
        guard !positions.isEmpty else { return }
        failpoint(.commitOffsets)
        consumer.commitAsync(positions)
    }
}
