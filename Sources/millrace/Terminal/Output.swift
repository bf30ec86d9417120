internal import Foundation
internal import JSONTree

/// Results go to stdout, everything else to stderr.
enum Output {
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    static var hasColour: Bool { isTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil }

    static func progress(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

    static func note(_ line: String) { progress(line + "\n") }

    static func json(_ value: JSONValue) { print(String(decoding: value.serialized(pretty: true), as: UTF8.self)) }
}
