internal import Foundation
internal import Logging
internal import Settings
internal import StreamService
internal import StreamTasks
internal import Synchronization
internal import Telemetry

/// One of the two programs that are compared, in a process of its own.
protocol BenchSide: Sendable {
    /// Whether it has its partitions.
    var isReady: Bool { get }
    /// Input records so far, as of a moment that is at most 0.1 s ago.
    var consumed: UInt64 { get }

    /// Blocks until `stop` is called.
    func run() throws
    func stop()
}

/// The very pipeline that `millrace run` runs.
final class MillraceSide: BenchSide {
    private let service: StreamService

    init(_ settings: PipelineSettings) {
        service = StreamService(
            settings, options: StreamService.Options(), log: .house("millrace", level: .warning),
            metrics: StreamMetrics(build: BuildInformation(["version": BuildFacts.version])))
    }

    var isReady: Bool { service.board.isReady }
    var consumed: UInt64 { service.board.tasks.reduce(0) { $0 + $1.counters.consumed } }
    func run() throws { try service.run() }
    func stop() { service.stop() }
}
