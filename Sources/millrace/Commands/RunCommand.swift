internal import ArgumentParser
internal import KafkaClient
internal import Logging
internal import ServingAPI
internal import Settings
internal import StreamService
internal import StreamTasks
internal import Telemetry

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a pipeline: consume, normalize, predict, learn, write, snapshot.",
        discussion: """
            SIGTERM and SIGINT drain, commit, snapshot, leave the group and exit 0; a second signal leaves at once.

            Examples:
              millrace run --config millrace.yaml
              millrace run --config millrace.yaml --until-end     process what is there, then exit 0
            """)

    @OptionGroup var settings: SettingsOptions

    @Flag(name: .long, help: "Process what the assigned partitions hold at the start, commit, snapshot, exit 0.")
    var untilEnd = false

    @Flag(name: .long, help: "Go on where retention has deleted records that the state would need.")
    var allowGap = false

    @Flag(
        name: .long,
        help: "Forget the model: begin with fresh state at the earliest offset; old snapshots are set aside.")
    var fromScratch = false

    @OptionGroup var logging: LogOptions

    func validate() throws {
        if allowGap, fromScratch { throw ValidationError("--allow-gap and --from-scratch exclude each other") }
    }

    func run() throws {
        let settings = try settings.load()
        let log = logging.makeLogger()
        var options = StreamService.Options()
        options.untilEnd = untilEnd
        options.mode = fromScratch ? .fromScratch : .restore(allowGap: allowGap)
        let metrics = StreamMetrics(
            build: BuildInformation([
                "version": BuildFacts.version, "librdkafka": ClientLibrary.version,
            ]))
        let service = StreamService(settings, options: options, log: log, metrics: metrics)
        let signals = StopSignals { service.stop() }
        defer { signals.cancel() }
        let server = try serve(settings, service, log)
        defer { _ = server?.stop() }
        try service.run()
    }

    /// Starts HTTP where the settings ask for it.
    private func serve(
        _ settings: PipelineSettings, _ service: StreamService, _ log: Logger
    ) throws -> RunningHTTPServer? {
        guard let address = settings.http else { return nil }
        let server = try RunningHTTPServer(
            ServerOptions(host: address.host, port: address.port), version: BuildFacts.version,
            health: HealthView(isLive: { true }, isReady: { service.board.isReady }),
            metrics: { service.metrics.exposition() })
        log.info("serving", metadata: .with([.address: "\(address.host):\(server.port)"]))
        return server
    }
}
