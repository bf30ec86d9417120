internal import Foundation

/// One line on stderr that is written over, on a terminal; nothing elsewhere.
struct ProgressBar {
    private let title: String
    private let started = Date()
    private var lastDrawn = Date.distantPast

    init(_ title: String) { self.title = title }

    /// - Parameter fraction: 0 to 1; nil where the whole isn't known.
    mutating func update(_ fraction: Double?, records: Int) {
        guard Output.isTerminal, Date().timeIntervalSince(lastDrawn) > 0.1 else { return }
        lastDrawn = Date()
        let rate = Double(records) / max(Date().timeIntervalSince(started), 1e-3)
        var line = "\r\u{1B}[K\(title)  "
        if let fraction {
            let filled = Int((min(max(fraction, 0), 1) * 30).rounded())
            line += String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
            line += String(format: " %3.0f %%", fraction * 100)
        }
        Output.progress(line + "  \(records.grouped) records, \(Int(rate).grouped)/s")
    }

    func finish() { if Output.isTerminal { Output.progress("\r\u{1B}[K") } }
}

extension FixedWidthInteger {
    /// With commas between thousands.
    var grouped: String {
        let digits = String(magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return self < 0 ? "-" + text : text
    }
}
