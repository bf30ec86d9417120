internal import DatasetFiles
internal import Foundation
internal import KafkaClient
internal import Logging
internal import OnlineLearning
internal import Settings
internal import StreamService
internal import StreamTasks
internal import Synchronization
internal import Telemetry

/// An embedded broker, a producer of the electricity stream, and the stream service over both.
final class Demo: Sendable {
    private let cluster: MockCluster
    private let settings: PipelineSettings
    private let service: StreamService
    private let rate: Double?
    private let failure = Mutex<(any Error)?>(nil)
    private let interrupted = Atomic<Bool>(false)

    init(directory: String, rate: Double?, logLevel: Logger.Level) throws {
        cluster = try MockCluster()
        settings = try DemoPipeline.settings(bootstrapServers: cluster.bootstrapServers, directory: directory)
        let topics = settings.topics
        for topic in [topics.features, topics.predictions, topics.drift, topics.deadLetters] {
            try cluster.createTopic(topic, partitions: 1)
        }
        self.rate = rate
        service = StreamService(
            settings, options: StreamService.Options(), log: .house("millrace", level: logLevel),
            metrics: StreamMetrics(build: BuildInformation(["version": BuildFacts.version])))
    }

    /// Ends the demo before its time.
    func stop() {
        interrupted.store(true, ordering: .releasing)
        service.stop()
    }

    /// Runs to the stream's end.
    func run(showing table: LiveTable?) throws -> DemoSummary {
        let ended = DispatchSemaphore(value: 0)
        Thread.detachNewThread { [self] in
            do { try service.run() } catch { fail(error) }
            ended.signal()
        }
        // The clock starts when the pipeline has its partition: what is measured is the stream, not the group's start.
        while !service.board.isReady, !hasEnded { Thread.sleep(forTimeInterval: 0.005) }
        let started = Date()
        Thread.detachNewThread { [self] in
            do { try feed() } catch { fail(error) }
        }
        var table = table
        var seconds = 0.0
        while !hasEnded {
            seconds = Date().timeIntervalSince(started)
            if isThrough { break }
            table?.draw(service.board, records: DemoPipeline.records, seconds: seconds)
            Thread.sleep(forTimeInterval: 0.01)
        }
        table?.finish(service.board, records: DemoPipeline.records, seconds: seconds)
        let tasks = service.board.tasks
        let latency = service.board.latency
        service.stop()
        ended.wait()
        if let error = failure.withLock({ $0 }) { throw error }
        return DemoSummary(
            task: tasks.first, seconds: seconds, latency: latency, alerts: service.board.alerts,
            snapshots: DemoSummary.snapshots(settings), wasInterrupted: interrupted.load(ordering: .acquiring))
    }

    private var hasEnded: Bool {
        interrupted.load(ordering: .acquiring) || failure.withLock { $0 != nil }
    }

    /// Every record is processed, its outputs are delivered, and the metrics are of all of it.
    private var isThrough: Bool {
        guard let task = service.board.tasks.first else { return false }
        return task.counters.consumed >= UInt64(DemoPipeline.records) && task.isDelivered
            && task.overall?.records == task.counters.learned
    }

    private func feed() throws {
        var reader = try DatasetReader(path: DemoPipeline.stream(), columns: DatasetColumns(label: "class"))
        let feeder = try Feeder(properties: settings.kafka, topic: settings.topics.features, rate: rate)
        while let value = try reader.next(), !hasEnded { try feeder.send(value) }
        try feeder.finish()
    }

    private func fail(_ error: any Error) {
        failure.withLock { if $0 == nil { $0 = error } }
        service.stop()
    }
}
