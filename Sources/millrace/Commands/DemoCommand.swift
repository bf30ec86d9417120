internal import ArgumentParser
internal import DatasetFiles
internal import Foundation
internal import KafkaClient
internal import Logging
internal import Settings
internal import StreamService
internal import StreamTasks
internal import Synchronization
internal import Telemetry

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "The whole thing on an embedded broker: 45,312 real records, live.",
        discussion: """
            Starts a broker inside this process, produces the electricity stream to it, and runs the pipeline that \
            `millrace run` runs.

            Examples:
              millrace demo
              millrace demo --rate 5000
              millrace demo --json
            """)

    @Option(name: .long, help: "Records a second; as fast as they are taken where it isn't given.") var rate: Double?
    @Flag(name: .long, help: "Print one JSON object.") var json = false
    @Option(name: .long, help: "Where the snapshots go; a new temporary folder where it isn't given.")
    var directory: String?
    @OptionGroup var logging: LogOptions

    func validate() throws {
        if let rate, !(rate > 0) { throw ValidationError("--rate must be above 0") }
    }

    func run() throws {
        let folder =
            directory
            ?? FileManager.default.temporaryDirectory.appending(path: "millrace-demo-\(UUID().uuidString.prefix(8))")
            .path
        let demo = try Demo(
            directory: folder, rate: rate, logLevel: logging.logLevel == .info ? .warning : logging.logLevel.level)
        let signals = StopSignals { demo.stop() }
        defer { signals.cancel() }
        let summary = try demo.run(showing: json ? nil : LiveTable())
        if json { Output.json(summary.json) } else { for line in summary.lines { print(line) } }
        if summary.wasInterrupted { throw ExitCode(130) }
    }
}
