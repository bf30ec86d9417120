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
    private var lastCommit = 0.0
    private var sinceCommit = 0
    private let ended = DispatchSemaphore(value: 0)

    /// As many records as are taken from the queue at once: enough to share the cost of a poll, few enough to stay in cache.
    private static let batchSize = 1_000
    /// How long an idle worker waits before it looks at its commits and snapshots.
    private static let idleWait: Int32 = 50

    init(
        number: Int, service: StreamService, consumer: Consumer, clientLog: @escaping @Sendable (ClientLog) -> Void
    ) throws(KafkaError) {
        self.number = number
        self.service = service
        self.consumer = consumer
        let producer = try Producer(properties: service.settings.producerProperties, log: clientLog)
        sink = try KafkaSink(producer: producer, settings: service.settings)
        let queue = try WorkerQueue(consumer: consumer, capacity: Self.batchSize)
        waker = queue.waker
        self.queue = consume queue
        figures = WorkerFigures(service)
    }

    func start() {
        let thread = Thread { self.run() }
        thread.name = "millrace-worker-\(number)"
        thread.stackSize = 8 << 20
        thread.start()
    }

    func order(_ order: WorkerOrder) {
        mailbox.put(order)
        waker.wake()
    }

    /// Waits for the thread to end; false where it hasn't by the deadline.
    func join(seconds: Double) -> Bool { ended.wait(timeout: .now() + seconds) == .success }

    private func run() {
        defer {
            queue = nil
            sink.producer.close(deadlineMilliseconds: 1_000)
            ended.signal()
        }
        while true {
            for order in mailbox.takeAll() {
                switch order {
                case .take(let runner): take(runner)
                case .release(let partitions, let lost, let deadline, let done):
                    release(partitions, lost: lost, deadline: deadline)
                    done.signal()
                case .stop: return
                }
            }
            queue?.consume(timeoutMilliseconds: Self.idleWait) { batch in process(batch) }
            sink.serve(timeoutMilliseconds: 0)
            sink.mendRefused()
            if let failure = sink.failure { service.fail(ServiceError.producer(failure)) }
            keepTime()
        }
    }

    private func process(_ batch: borrowing RecordBatch) {
        guard sink.failure == nil else { return }
        meter.begin()
        var processed = 0
        for index in 0..<batch.count {
            guard let runner = bySlot[batch.slot(index)] else { continue }
            switch batch.kind(index) {
            case .record:
                let record = batch.record(index)
                let wasReplaying = runner.isReplaying
                runner.process(record, into: &sink)
                if wasReplaying {
                    if !runner.isReplaying { wentLive(runner) }
                } else {
                    meter.add(timestamp: record.timestamp)
                    processed += 1
                }
            case .endOfPartition: runner.reachEnd()
            case .error:
                if let error = batch.error(index) { service.fail(ServiceError.consumer(runner.partition, error)) }
            }
        }
        meter.end(records: processed)
        sinceCommit += batch.count
    }

    private func wentLive(_ runner: TaskRunner) {
        service.log.info("task is live", metadata: ["partition": "\(runner.partition)", "position": "\(runner.position)"])
    }

    /// Makes the board current, whatever the time.
    func publishFigures() { figures.publish(runners, meter: &meter, tally: &sink.tally, now: .infinity) }

    /// Commits, snapshots and publishes figures when their times have come.
    private func keepTime() {
        let now = SteadyClock.now()
        if now - lastCommit >= Double(service.settings.commit.intervalMilliseconds) / 1000
            || sinceCommit >= service.settings.commit.records
        {
            lastCommit = now
            sinceCommit = 0
            commitWatermarks()
        }
        for runner in runners {
            runner.copySnapshotIfDue(now: now, writtenAt: SteadyClock.wallMilliseconds)
            if runner.border.isWaiting, let committed = service.commits.committed(runner.partition),
                let snapshot = runner.border.release(committed: committed)
            {
                service.publisher.publish(snapshot, to: runner.store)
            }
        }
        figures.publish(runners, meter: &meter, tally: &sink.tally, now: now)
    }

    /// Asks for the delivered watermarks to be committed, without waiting.
    private func commitWatermarks() {
        var positions: [RecordPosition] = []
        for runner in runners where runner.watermark > runner.requested {
            runner.requested = runner.watermark
            positions.append(runner.recordPosition)
        }
        if !positions.isEmpty { consumer.commitAsync(positions) }
    }
}
