internal import Foundation
package import Logging

/// The log handler of the house: one line an event, on standard error.
package struct StandardErrorLog: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let line: LogLine
    private let write: @Sendable (String) -> Void

    /// - Parameter write: Takes each whole line; standard error where none is given.
    package init(
        level: Logger.Level = .info, style: LogLine.Style,
        write: @escaping @Sendable (String) -> Void = Self.toStandardError
    ) {
        logLevel = level
        line = LogLine(style: style)
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        if let error = event.error { all[LogKey.error.rawValue] = .string(String(describing: error)) }
        let pairs = all.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value.description) }
        write(line.format(time: Date(), level: event.level, message: event.message.description, metadata: pairs))
    }

    /// One write call a line, so that lines of several threads don't mix.
    package static func toStandardError(_ line: String) {
        FileHandle.standardError.write(Data(line.utf8))
    }
}

extension Logger {
    /// A logger in the house's style: text on standard error, coloured where that is a terminal, or JSON lines.
    package static func house(_ label: String, level: Logger.Level = .info, json: Bool = false) -> Logger {
        let text = LogLine.Style.text(
            isTerminal: isatty(STDERR_FILENO) == 1, environment: ProcessInfo.processInfo.environment)
        return Logger(label: label, factory: { _ in StandardErrorLog(level: level, style: json ? .json : text) })
    }
}
