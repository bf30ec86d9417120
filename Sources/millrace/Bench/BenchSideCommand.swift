internal import ArgumentParser
internal import Foundation
internal import Settings
internal import Synchronization

enum SideKind: String, ExpressibleByArgument, CaseIterable {
    case passThrough = "pass-through"
    case transactionalPassThrough = "transactional-pass-through"
    case millrace
    case exactlyOnce = "exactly-once"

    var delivery: Delivery {
        switch self {
        case .passThrough, .millrace: .atLeastOnce
        case .transactionalPassThrough, .exactlyOnce: .exactlyOnce
        }
    }
}

/// One side in this process, for the other `bench` commands to start and to watch: CPU and memory are its own.
struct BenchSideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "side", abstract: "One side of a comparison; the other bench commands start it.",
        shouldDisplay: false)

    @Option var kind: SideKind
    @Option var name: String
    @Option var partitions: Int
    @Option(help: "A librdkafka property, name=value.") var kafka: [String] = []
    @Option var directory: String
    @Option(help: "Values that the pass-through writes, one a line.") var outputs: String

    func run() throws {
        let settings = try BenchPipeline.electricity.settings(
            name: name, kafka: try BenchOptions.properties(kafka), directory: directory, delivery: kind.delivery)
        let side: any BenchSide =
            switch kind {
            case .millrace, .exactlyOnce: MillraceSide(settings)
            case .passThrough, .transactionalPassThrough:
                PassThroughSide(settings, partitions: partitions, outputs: try RecordBlock(linesOf: outputs))
            }
        let signals = StopSignals { side.stop() }
        defer { signals.cancel() }
        let reporter = SideReporter(side)
        Thread.detachNewThread { reporter.run() }
        defer { reporter.stop() }
        try side.run()
    }
}

/// Tells the parent how far the side is, about ten times a second, at the moments at which its count moves.
private final class SideReporter: Sendable {
    private let side: any BenchSide
    private let stopping = Atomic<Bool>(false)

    /// As often as the service gives its own figures.
    private static let interval: Int64 = 100_000_000

    init(_ side: any BenchSide) { self.side = side }

    func stop() { stopping.store(true, ordering: .releasing) }

    func run() {
        var isReady = false
        var last = SideProgress(consumed: 0, figures: .now())
        while !stopping.load(ordering: .acquiring) {
            Thread.sleep(forTimeInterval: 0.002)
            // A side that replays consumes before it is ready.
            if !isReady, side.isReady {
                isReady = true
                say("ready")
            }
            let now = ProcessFigures.nanoseconds(of: CLOCK_MONOTONIC)
            guard now - last.figures.nanoseconds >= Self.interval || last.consumed == 0 else { continue }
            let consumed = side.consumed
            guard consumed > last.consumed else { continue }
            last = SideProgress(consumed: consumed, figures: .now())
            say(last.line)
        }
    }

    private func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}

extension RecordBlock {
    init(linesOf path: String) throws {
        self.init()
        for line in try Data(contentsOf: URL(filePath: path)).split(separator: UInt8(ascii: "\n")) {
            Array(line).withUnsafeBytes { append($0) }
        }
    }
}
