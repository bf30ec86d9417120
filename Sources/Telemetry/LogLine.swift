package import Foundation
package import Logging

/// One event as one line, for eyes or for machines.
package struct LogLine: Sendable {
    package enum Style: Sendable, Equatable {
        /// `2026-01-02T03:04:05.678Z info    message key=value`
        case text(colour: Bool)
        /// One JSON object a line: time, level, message, and the metadata beside them.
        case json

        /// Colour on a terminal only, and not where `NO_COLOR` is set to anything.
        package static func text(isTerminal: Bool, environment: [String: String]) -> Style {
            .text(colour: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb")
        }
    }

    package var style: Style

    package init(style: Style) { self.style = style }

    /// The line with its line feed. Metadata stand in the order of their keys.
    package func format(
        time: Date, level: Logger.Level, message: String, metadata: [(key: String, value: String)]
    ) -> String {
        let stamp = time.formatted(Self.timeStyle)
        switch style {
        case .json:
            let pairs = [("time", stamp), ("level", level.rawValue), ("message", message)] + metadata
            return "{" + pairs.map { "\(Self.quoted($0)):\(Self.quoted($1))" }.joined(separator: ",") + "}\n"
        case .text(let colour):
            let name = level.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
            let shown = colour ? Self.colour(level) + name + "\u{1B}[0m" : name
            let pairs = metadata.map { " \($0.key)=\(Self.isPlain($0.value) ? $0.value : Self.quoted($0.value))" }
            return "\(stamp) \(shown) \(Self.oneLine(message))\(pairs.joined())\n"
        }
    }

    private static let timeStyle = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    private static func colour(_ level: Logger.Level) -> String {
        switch level {
        case .trace, .debug: "\u{1B}[2m"
        case .info, .notice: "\u{1B}[32m"
        case .warning: "\u{1B}[33m"
        case .error, .critical: "\u{1B}[31m"
        }
    }

    private static func isPlain(_ value: String) -> Bool {
        !value.isEmpty && value.unicodeScalars.allSatisfy { $0 > " " && $0 != "\"" && $0 != "=" && $0 != "\u{7F}" }
    }

    /// Control characters could forge a line, or drive the terminal.
    private static func oneLine(_ text: String) -> String {
        text.unicodeScalars.contains { $0.properties.generalCategory == .control } ? quoted(text) : text
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.properties.generalCategory == .control:
                result += "\\u" + String(repeating: "0", count: 4 - String(scalar.value, radix: 16).count)
                result += String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
