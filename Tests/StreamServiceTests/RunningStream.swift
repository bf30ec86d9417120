import Dispatch
import Foundation
import KafkaClient
import Logging
import Records
import Settings
import StreamService
import StreamTasks
import Synchronization
import Telemetry

/// A stream service at work on a thread of its own.
final class RunningStream: Sendable {
    let service: StreamService
    private let lines: LogLines
    private let ended = DispatchSemaphore(value: 0)
    private let result = Mutex<Result<Void, any Error>?>(nil)

    init(
        _ cluster: StreamCluster, settings: PipelineSettings? = nil, untilEnd: Bool = false,
        mode: TaskRestorer.Mode = .restore(allowGap: false)
    ) {
        var options = StreamService.Options()
        options.untilEnd = untilEnd
        options.mode = mode
        options.shutdownSeconds = 60
        let lines = LogLines()
        let log = Logger(label: "test") { _ in
            StandardErrorLog(level: .debug, style: .json) { line in lines.add(line) }
        }
        self.lines = lines
        service = StreamService(
            settings ?? cluster.settings, options: options, log: log,
            metrics: StreamMetrics(build: BuildInformation(["version": "test"])))
        Thread.detachNewThread { [self] in
            let outcome = Result { try service.run() }
            result.withLock { $0 = outcome }
            ended.signal()
        }
    }

    var hasEnded: Bool { result.withLock { $0 != nil } }
    var log: String { lines.text }

    /// Inputs that the tasks of this process have consumed, all partitions together.
    var consumed: Int { service.board.tasks.reduce(0) { $0 + Int($1.counters.consumed) } }

    func wait(_ what: String, _ holds: () throws -> Bool) throws {
        let held = try eventually { if hasEnded { return true } else { return try holds() } }
        if hasEnded {
            _ = try? result.withLock { try $0?.get() }
            throw StreamTestError(
                "the service ended while waiting until \(what): \(String(describing: outcome)) \(log)")
        }
        guard held else { throw StreamTestError("waited in vain until \(what): \(log)") }
    }

    func waitUntilReady() throws { try wait("it is ready") { service.board.isReady } }

    func wait(untilConsumed count: Int) throws {
        try wait("\(count) inputs are consumed") { consumed >= count }
    }

    /// Waits until so many inputs are consumed and all they caused is delivered.
    func wait(untilDelivered count: Int) throws {
        try wait("\(count) inputs are delivered") {
            consumed >= count && service.board.tasks.allSatisfy(\.isDelivered)
        }
    }

    /// The orderly stop.
    func stop() throws {
        service.stop()
        try waitForEnd()
    }

    /// - Throws: what the service failed of.
    func waitForEnd() throws {
        guard ended.wait(timeout: .now() + 120) == .success else {
            throw StreamTestError("the service didn't end: \(log)")
        }
        ended.signal()
        try outcome?.get()
    }

    /// What the service failed of.
    func failure() throws -> any Error {
        do { try waitForEnd() } catch { return error }
        throw StreamTestError("the service ended without a failure")
    }

    private var outcome: Result<Void, any Error>? { result.withLock { $0 } }

    /// The value of a sample of the metrics' text, by its name with labels.
    func metric(_ sample: String) -> Double? {
        service.metrics.exposition().split(separator: "\n").first { $0.hasPrefix(sample + " ") }
            .flatMap { Double($0.split(separator: " ").last ?? "") }
    }
}

/// Lines of a log, from any thread.
private final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var text: String { lines.withLock { $0.joined() } }
}
