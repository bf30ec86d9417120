internal import Foundation
internal import KafkaClient
internal import OnlineLearning
internal import StreamService
internal import StreamTasks

/// The table that is drawn over itself while the demo runs; on anything but a terminal, one line a second.
struct LiveTable {
    private var lastDrawn = -1.0
    private var height = 0

    mutating func draw(_ board: StatusBoard, records: Int, seconds: Double) {
        guard seconds - lastDrawn >= (Output.isTerminal ? 0.1 : 1) else { return }
        lastDrawn = seconds
        show(board, records: records, seconds: seconds)
    }

    mutating func finish(_ board: StatusBoard, records: Int, seconds: Double) {
        show(board, records: records, seconds: seconds)
        Output.note("")
    }

    private mutating func show(_ board: StatusBoard, records: Int, seconds: Double) {
        guard let task = board.tasks.first else { return }
        let rows = [
            ("records", "\(task.counters.consumed.grouped) of \(records.grouped)"),
            ("records/s", "\(Int(Double(task.counters.consumed) / max(seconds, 1e-3)).grouped)"),
            ("accuracy", "\(text(task.windowed?.accuracy)) last 1,000    \(text(task.overall?.accuracy)) overall"),
            ("log loss", "\(text(task.windowed?.logLoss)) last 1,000    \(text(task.overall?.logLoss)) overall"),
            ("drift alarms", "\(task.counters.alerts)"),
            ("last snapshot", board.lastSnapshot.map { URL(filePath: $0).lastPathComponent } ?? "none yet"),
            ("model version", "\(task.partition.partition)-\(task.counters.consumed)"),
        ]
        guard Output.isTerminal else {
            return Output.note(rows.map { "\($0.0): \($0.1)" }.joined(separator: "  "))
        }
        let bold = Output.hasColour ? "\u{1B}[1m" : ""
        let plain = Output.hasColour ? "\u{1B}[0m" : ""
        var text = height > 0 ? "\u{1B}[\(height)A" : ""
        for (name, value) in rows {
            text += "\r\u{1B}[K  \(name.padding(toLength: 15, withPad: " ", startingAt: 0))\(bold)\(value)\(plain)\n"
        }
        height = rows.count
        Output.progress(text)
    }

    private func text(_ value: Double?) -> String { value.map { String(format: "%.4f", $0) } ?? "  –   " }
}
