internal import Dispatch
internal import Foundation
internal import KafkaClient
package import Logging
package import Settings
package import StreamTasks
internal import Synchronization
package import Telemetry

/// The stream of one process: its consumer, its workers, and the order in which they start and stop.
///
/// Kafka's work runs on threads of its own; `run` blocks its caller, and `stop` may be called from anywhere.
package final class StreamService: Sendable {
    package struct Options: Sendable {
        /// Process what the assigned partitions hold at the start, then stop.
        package var untilEnd = false
        package var mode = TaskRestorer.Mode.restore(allowGap: false)
        /// How long a stop may take.
        package var shutdownSeconds = 25.0
        package init() {}
    }

    package let board = StatusBoard()
    package let metrics: StreamMetrics
    let gauges: TaskGauges
    let settings: PipelineSettings
    let options: Options
    let log: Logger
    let publisher: SnapshotPublisher
    let commits = CommitLog()
    let recoveries = Recoveries()
    /// Names this process in the ids of its transactions: its fixed name in the group, or one made at its start.
    let instance: String
    private let stopping = Atomic<Bool>(false)
    private let isUncommitted = Atomic<Bool>(false)
    private let isUnsaved = Atomic<Bool>(false)
    private let failure = Mutex<(any Error)?>(nil)

    package init(
        _ settings: PipelineSettings, options: Options, log: Logger,
        metrics: StreamMetrics
    ) {
        self.settings = settings
        self.options = options
        self.log = log
        self.metrics = metrics
        instance = settings.kafka["group.instance.id"] ?? UUID().uuidString.lowercased()
        let gauges = TaskGauges(metrics)
        self.gauges = gauges
        publisher = SnapshotPublisher(keep: settings.snapshots.keep, log: log) { [board] path, partition in
            gauges.snapshotSucceeded(partition)
            board.snapshotWritten(path)
        } onFailed: { partition in
            gauges.snapshotFailed(partition)
        }
    }

    /// Begins the orderly stop: drain, commit, snapshot, leave the group.
    package func stop() { stopping.store(true, ordering: .releasing) }

    /// Something that was processed isn't committed: it will be processed again.
    func leftUncommitted() { isUncommitted.store(true, ordering: .releasing) }

    /// A task's last state isn't in a snapshot.
    ///
    /// Only `untilEnd` fails of it, which promises the snapshot. A stop by a signal ends well: everything is committed, the
    /// snapshot before this one and the records since give the same state, and who sends the signal (a supervisor, an
    /// update) could do nothing but start again, which mends it.
    func leftUnsaved() { isUnsaved.store(true, ordering: .releasing) }

    var isStopping: Bool { stopping.load(ordering: .acquiring) }

    /// Keeps the first failure, and stops.
    func fail(_ error: any Error) {
        failure.withLock { if $0 == nil { $0 = error } }
        stop()
    }

    /// What a commit that the broker refuses for good is to whoever runs the service.
    func refusal(_ error: KafkaError) -> ServiceError { .commitRefused(group: settings.group, error) }

    var hasFailed: Bool { failure.withLock { $0 != nil } }

    /// Runs the stream until it is stopped, has failed, or, with `untilEnd`, is through.
    /// - Throws: what it failed of.
    package func run() throws {
        let log = log
        let clientLog: @Sendable (ClientLog) -> Void = { log.forward($0) }
        let partitions = try asClientErrors {
            try TopicCheck(settings: settings).run(isStopping: { isStopping }, log: clientLog)
        }
        let consumer = try asClientErrors { try Consumer(properties: settings.consumerProperties, log: clientLog) }
        let workers = try asClientErrors {
            try (0..<settings.workers).map { number in
                try Worker(number: number, service: self, consumer: consumer, clientLog: clientLog)
            }
        }
        for worker in workers { worker.start() }
        let assignment = Assignment(
            service: self, consumer: consumer, workers: workers, partitionCount: partitions, clientLog: clientLog)
        // Every id is registered before the group speaks: what a dead process has left open ends here.
        assignment.renewTransactions()
        if !isStopping { try asClientErrors { try consumer.subscribe([settings.topics.features]) } }
        log.info(
            "started",
            metadata: [
                "pipeline": "\(settings.pipeline)", "features": "\(settings.topics.features)",
                "workers": "\(settings.workers)", "delivery": "\(settings.delivery.rawValue)",
            ])
        assignment.run()
        shutDown(assignment, workers: workers)
        if let error = failure.withLock({ $0 }) { throw error }
        // Whoever asked for the end must know where it isn't reached; else the next start goes on from the last commit.
        if options.untilEnd, isUncommitted.load(ordering: .acquiring) { throw ServiceError.notCommitted }
        if options.untilEnd, isUnsaved.load(ordering: .acquiring) { throw ServiceError.notSaved }
        log.info("stopped", metadata: ["pipeline": "\(settings.pipeline)"])
    }

    /// Says of a client's error whose it is.
    private func asClientErrors<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as KafkaError { throw ServiceError.client(error) }
    }

    private func shutDown(_ assignment: Assignment, workers: [Worker]) {
        let deadline = SteadyClock.now() + options.shutdownSeconds
        // After a failure nothing that this process holds may be committed or saved.
        assignment.releaseAll(lost: hasFailed, deadline: deadline)
        for worker in workers { worker.order(.stop) }
        for worker in workers where !worker.join(seconds: max(deadline - SteadyClock.now(), 0.1)) {
            fail(ServiceError.shutdownTimedOut(seconds: options.shutdownSeconds))
        }
        publisher.drain()
        assignment.close(deadline: deadline)
    }
}
