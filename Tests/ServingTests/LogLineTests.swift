import Foundation
import JSONTree
import Logging
import Synchronization
import Telemetry
import Testing

struct LogLineTests {
    private let time = Date(timeIntervalSince1970: 1_700_000_000.25)

    @Test func `a line has time, level, message and values`() {
        let line = LogLine(style: .text(colour: false)).format(
            time: time, level: .warning, message: "snapshot failed",
            metadata: [("path", "/x"), ("reason", "disk full")])
        #expect(line == "2023-11-14T22:13:20.250Z warning  snapshot failed path=/x reason=\"disk full\"\n")
    }

    @Test func `no value can forge a line or drive a terminal`() {
        let hostile = "x\n2023-11-14T22:13:20Z error forged \u{1B}[2J \u{9B}2J \u{7F}"
        for style in [LogLine.Style.text(colour: false), .json] {
            let line = LogLine(style: style).format(
                time: time, level: .info, message: hostile, metadata: [("reason", hostile)])
            #expect(line.dropLast().unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
            #expect(line.hasSuffix("\n"))
        }
    }

    @Test func `a JSON line says the same, and is JSON`() throws {
        let message = "quote \" backslash \\ tab \t bell \u{7} größe 🌊"
        let line = LogLine(style: .json).format(
            time: time, level: .error, message: message, metadata: [("path", "C:\\x")])
        let tree = try JSONValue.parse(line)
        #expect(tree["time"]?.stringValue == "2023-11-14T22:13:20.250Z")
        #expect(tree["level"]?.stringValue == "error")
        #expect(tree["message"]?.stringValue == message)
        #expect(tree["path"]?.stringValue == "C:\\x")
    }

    @Test func `colour is for terminals, and NO_COLOR forbids it`() {
        #expect(LogLine.Style.text(isTerminal: true, environment: [:]) == .text(colour: true))
        #expect(LogLine.Style.text(isTerminal: true, environment: ["NO_COLOR": "1"]) == .text(colour: false))
        #expect(LogLine.Style.text(isTerminal: true, environment: ["NO_COLOR": ""]) == .text(colour: true))
        #expect(LogLine.Style.text(isTerminal: true, environment: ["TERM": "dumb"]) == .text(colour: false))
        #expect(LogLine.Style.text(isTerminal: false, environment: [:]) == .text(colour: false))
        let line = LogLine(style: .text(colour: true)).format(time: time, level: .error, message: "m", metadata: [])
        #expect(line.contains("\u{1B}[31m"))
    }

    @Test func `a logger writes one line an event, with house keys in order, at its level and above`() {
        let lines = Lines()
        var log = Logger(label: "test") { _ in
            StandardErrorLog(level: .info, style: .text(colour: false)) { lines.add($0) }
        }
        log[metadataKey: "pipeline"] = "p"
        log.debug("not this one")
        log.info("assigned", metadata: .with([.partitions: "0, 1", .generation: 3]))
        #expect(lines.all.count == 1)
        #expect(lines.all.first?.hasSuffix("info     assigned generation=3 partitions=\"0, 1\" pipeline=p\n") == true)
    }
}

private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
}
