internal import ArgumentParser
internal import Logging
internal import Telemetry

/// `--log-level`, for commands that run long enough to have something to say.
struct LogOptions: ParsableArguments {
    @Option(name: .long, help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel: LogLevel = .info

    @Flag(name: .customLong("log-json"), help: "One JSON object a line instead of text.") var logJSON = false

    /// A logger that writes lines for people to stderr.
    func makeLogger() -> Logger {
        Logger.house("millrace", level: logLevel.level, json: logJSON)
    }
}

/// swift-log's levels as words of the command line.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
    case trace, debug, info, notice, warning, error, critical

    var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}
