internal import Dispatch
internal import Failpoints
internal import KafkaClient
internal import Logging
internal import Records
internal import Settings
internal import StreamTasks
internal import Telemetry

/// Follows the group: restores tasks for partitions that come, hands them to workers, and takes them back.
///
/// Everything here runs on the thread that calls `run`, which is also the one that serves the consumer's events: it never
/// trains and never writes an output, so the group sees a live member while the workers work.
final class Assignment {
    let service: StreamService
    let consumer: Consumer
    private let workers: [Worker]
    private let restorer: TaskRestorer
    /// Of the features topic, and of those whose partitions belong to its own.
    let partitionCount: Int
    private let clientLog: @Sendable (ClientLog) -> Void
    private var owners: [TopicPartition: Int] = [:]
    private var wasAssigned = false
    /// Partitions that have begun anew in this run: `--from-scratch` means once, not at every rebalance.
    private var begunAnew: Set<TopicPartition> = []
    private var topicWatch = TopicWatch()
    /// Partitions that are this process's and wait to be restored, and when.
    private var suspended: (partitions: [TopicPartition], until: Double)?

    static let brokerTimeout: Int32 = 60_000
    /// What a worker has beyond its deadline, in seconds, to finish the batch in its hands.
    private static let workerGrace = 5.0

    init(
        service: StreamService, consumer: Consumer, workers: [Worker], partitionCount: Int,
        clientLog: @escaping @Sendable (ClientLog) -> Void
    ) {
        self.service = service
        self.consumer = consumer
        self.workers = workers
        self.partitionCount = partitionCount
        self.clientLog = clientLog
        let log = service.log
        let stores = SnapshotStores(service.settings) { log.forward($0) }
        restorer = TaskRestorer(service.settings, mode: service.options.mode, stores: stores) { path, reason in
            service.metrics.countSnapshotPassedOver()
            log.error("snapshot passed over", metadata: ["path": "\(path)", "reason": "\(reason)"])
        }
    }

    func run() {
        while !service.isStopping {
            if let event = consumer.poll(timeoutMilliseconds: suspended == nil ? 100 : 10) { handle(event) }
            recover()
            if topicWatch.isGone(now: SteadyClock.now(), ownsPartitions: !owners.isEmpty) {
                service.fail(ServiceError.topicGone(service.settings.topics.features))
            }
            if service.options.untilEnd, wasAssigned, suspended == nil, service.board.haveReachedEnd(owners.keys) {
                service.stop()
            }
        }
    }

    /// Lets all tasks go.
    func releaseAll(lost: Bool, deadline: Double) {
        release(Array(owners.keys), lost: lost, deadline: deadline)
    }

    /// Leaves the group, unless the member is static, and closes the client.
    func close(deadline: Double) {
        let milliseconds = Int(max(deadline - SteadyClock.now(), 1) * 1000)
        if !consumer.close(deadlineMilliseconds: milliseconds) {
            service.log.warning(
                "the group was not left within the deadline; its other members wait for the session's end")
        }
    }

    private func handle(_ event: ConsumerEvent) {
        switch event {
        case .assigned(let partitions): assign(partitions)
        case .revoked(let partitions, let lost): revoke(partitions, lost: lost)
        case .committed(let positions): service.commits.confirm(positions)
        case .commitFailed(let positions, let error):
            // A stale commit belongs to an assignment that is gone; one that can never succeed must not be asked for for
            // ever, while what a restart repeats grows; any other one is asked for again.
            guard !error.isStale else { break }
            guard !error.isRefusedForGood else { return service.fail(service.refusal(error)) }
            service.commits.reject(positions)
            service.log.warning("commit failed", metadata: ["reason": "\(error)"])
        case .error(let error) where error.isFenced: service.fail(ServiceError.fenced(error))
        case .error(let error):
            // A topic that was there at the start and isn't known for a moment: its metadata is on its way.
            if error.isUnknownTopic { topicWatch.unknown(now: SteadyClock.now(), ownsPartitions: !owners.isEmpty) }
            if error.disposition == .retry || error.isUnknownTopic {
                service.log.debug("client", metadata: ["reason": "\(error)"])
            } else {
                service.fail(ServiceError.client(error))
            }
        case .strayed(let position):
            service.fail(ServiceError.strayed(position))
        case .other: break
        }
    }

    private func assign(_ partitions: [TopicPartition]) {
        wasAssigned = true
        if !partitions.isEmpty { topicWatch.assigned() }
        renewTransactions()
        guard !service.isStopping else { return }
        if !partitions.isEmpty { failpoint(.assigned) }
        do {
            let runners = try restore(partitions)
            // Nothing may arrive on the consumer's own queue between the assignment and the workers' taking the partitions.
            for partition in partitions { consumer.detachQueue(partition) }
            try consumer.acceptAssignment(runners.map(\.startPosition))
            service.board.assigned(partitions)
            for runner in runners { hand(runner) }
        } catch {
            service.fail(error)
        }
    }

    private func restore(_ partitions: [TopicPartition]) throws -> [TaskRunner] {
        guard !partitions.isEmpty else { return [] }
        let committed = try consumer.committedPositions(partitions, timeoutMilliseconds: Int(Self.brokerTimeout))
        let countOfOthers = try countOfOthers(partitions, committed)
        let journals = service.settings.usesJournal ? service.settings.makeJournalReader(log: clientLog) : nil
        defer { journals?.close() }
        return try partitions.map { partition in
            let marks = try consumer.watermarks(partition, timeoutMilliseconds: Self.brokerTimeout)
            let note = committed[partition]?.note.flatMap(CommitNote.init)
            let found = TaskRestorer.Found(
                committed: committed[partition]?.next,
                note: note, partitions: (note?.partitions ?? countOfOthers, count(with: partition)),
                low: NextOffset(marks.low), high: NextOffset(marks.high),
                others: try bounds(ofOthersOf: partition))
            do {
                let restorer = begunAnew.contains(partition) ? restorer.restoring : restorer
                let (runner, plan) = try restorer.restore(
                    partition, found: found, journals: journals, now: SteadyClock.now())
                try begin(runner, plan, committed: committed[partition]?.next)
                if restorer.mode == .fromScratch { begunAnew.insert(partition) }
                return runner
            } catch {
                throw ServiceError.restore(partition, error)
            }
        }
    }

    /// What each of a task's other inputs holds.
    private func bounds(ofOthersOf partition: TopicPartition) throws -> [TopicPartition: Range<Int64>] {
        var bounds: [TopicPartition: Range<Int64>] = [:]
        for place in service.settings.otherInputs(of: partition.partition, partitions: partitionCount) {
            let marks = try consumer.watermarks(place, timeoutMilliseconds: Self.brokerTimeout)
            bounds[place] = marks.low..<max(marks.low, marks.high)
        }
        return bounds
    }

    /// Says where a task begins; commits and saves the beginning of one that never was.
    private func begin(_ runner: TaskRunner, _ plan: RestorePlan, committed: NextOffset?) throws {
        let partition = runner.partition
        service.gauges.add(partition.partition)
        switch plan {
        case .begin(let position):
            let snapshot = runner.snapshot(writtenAt: SteadyClock.wallMilliseconds())
            // Without it the stream goes on all the same: the commits say where the state began.
            if !service.publisher.publishAndWait(snapshot, to: runner.store) { runner.note.begun = position }
            try commitBeginning(runner.recordPosition)
            service.log.info("task begins", metadata: ["partition": "\(partition)", "position": "\(position)"])
        case .replay(let from, let to), .replayAll(let from, let to):
            service.log.info(
                "task restored",
                metadata: [
                    "partition": "\(partition)", "records": "\(runner.task.counters.consumed)",
                    "replay": "\(from)..<\(to)",
                ])
            if let gap = runner.passedGap { try keep(gap, of: runner) }
        case .refuse: break
        }
        // A crash came between the last entry and the commit of its offsets.
        if service.settings.delivery == .atLeastOnce, let committed, committed < runner.replayUntil {
            try commitBeginning(runner.recordPosition)
        }
        service.commits.confirm([
            RecordPosition(topic: partition.topic, partition: partition.partition, next: runner.replayUntil)
        ])
    }

    /// Makes a gap that was passed over a part of what is kept, so that the next start neither meets it again nor needs to be
    /// allowed it again: first the commit, because a snapshot never stands for more than that.
    private func keep(_ gap: InputGap, of runner: TaskRunner) throws {
        service.log.warning(
            "records are gone, and the task goes on without them",
            metadata: ["partition": "\(runner.partition)", "from": "\(gap.from)", "to": "\(gap.to)"])
        if runner.replayUntil == gap.to { try commitBeginning(runner.recordPosition(at: gap.to)) }
        let snapshot = runner.task.snapshot(writtenAt: SteadyClock.wallMilliseconds())
        _ = service.publisher.publishAndWait(snapshot, to: runner.store)
    }

    /// A commit that comes too late for its assignment is the next owner's to make: the revoke is on its way.
    private func commitBeginning(_ start: RecordPosition) throws {
        do {
            try consumer.commitSync([start], timeoutMilliseconds: Self.brokerTimeout)
        } catch {
            guard error.isStale else { throw error.isRefusedForGood ? service.refusal(error) : error }
            service.log.debug("the rebalance was quicker than the first commit", metadata: ["reason": "\(error)"])
        }
    }

    /// To the worker with the fewest tasks.
    private func hand(_ runner: TaskRunner) {
        let loads = workers.indices.map { worker in owners.values.count { $0 == worker } }
        let worker = workers.indices.min { loads[$0] < loads[$1] } ?? 0
        owners[runner.partition] = worker
        workers[worker].order(.take(runner))
    }

    private func revoke(_ partitions: [TopicPartition], lost: Bool) {
        if !partitions.isEmpty { failpoint(lost ? .lost : .revoked) }
        let budget = 0.2 * Double(service.settings.maximumPollMilliseconds) / 1000
        suspended?.partitions.removeAll { partitions.contains($0) }
        release(partitions, lost: lost, deadline: SteadyClock.now() + budget)
        // Nothing assigned isn't the end of everything assigned: the next assignment says what there is.
        if owners.isEmpty { wasAssigned = false }
        do { try consumer.releaseAssignment(partitions) } catch { service.fail(error) }
    }

    /// Waits until every worker's transactions can begin: until then what was under way may still be committed.
    func renewTransactions() {
        guard service.settings.delivery == .exactlyOnce else { return }
        let done = DispatchSemaphore(value: 0)
        for worker in workers { worker.order(.renew(done: done)) }
        for _ in workers {
            while done.wait(timeout: .now() + 0.1) == .timedOut {
                if service.isStopping { for worker in workers { worker.cancelRenewal() } }
            }
        }
    }

    /// A transaction was lost: all tasks of this process go back to the last commit, the way they came at the assignment.
    private func recover() {
        if let (reason, pause, isHopeless) = service.recoveries.take(), !owners.isEmpty {
            guard !isHopeless else { return service.fail(ServiceError.hopeless(reason)) }
            service.log.warning("a transaction is lost; its tasks are restored", metadata: ["reason": "\(reason)"])
            let partitions = owners.keys.sorted()
            release(partitions, lost: true, deadline: SteadyClock.now())
            do { try consumer.releaseAssignment(partitions) } catch { return service.fail(error) }
            // A zombie must not take its id back from its heir: the group tells it within a heartbeat or two.
            let wait = reason.isFenced ? max(pause, service.settings.heartbeatSeconds * 1.5) : pause
            suspended = (partitions, SteadyClock.now() + wait)
        }
        guard let (partitions, until) = suspended, SteadyClock.now() >= until else { return }
        suspended = nil
        if !partitions.isEmpty { assign(partitions) }
    }

    private func release(_ partitions: [TopicPartition], lost: Bool, deadline: Double) {
        let done = DispatchSemaphore(value: 0)
        for worker in workers { worker.order(.release(partitions, lost: lost, deadline: deadline, done: done)) }
        let patience = DispatchTime.now() + max(deadline - SteadyClock.now(), 0) + Self.workerGrace
        for _ in workers where done.wait(timeout: patience) == .timedOut {
            // A worker that is stuck, as with a full producer and no broker: nothing of it is committed, so the next start
            // sends it again.
            service.fail(ServiceError.shutdownTimedOut(seconds: Self.workerGrace))
        }
        for partition in partitions { owners[partition] = nil }
        service.board.released(partitions)
        service.commits.forget(partitions)
        service.log.info(
            lost ? "partitions lost" : "partitions released",
            metadata: ["partitions": "\(partitions.sorted().map(\.description).joined(separator: " "))"])
    }
}
