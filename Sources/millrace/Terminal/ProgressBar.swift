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
        Output.progress(
            "\r\u{1B}[K" + Self.line(title, fraction, records: records, after: Date().timeIntervalSince(started)))
    }

    func finish() { if Output.isTerminal { Output.progress("\r\u{1B}[K") } }

    /// What the line says after so many seconds.
    private static func line(_ title: String, _ fraction: Double?, records: Int, after seconds: Double) -> String {
        let rate = ", \(Int(Double(records) / max(seconds, 1e-3)).grouped)/s"
        guard let fraction else { return "\(title)  \(records.grouped) records\(rate)" }
        let share = min(max(fraction, 0), 1)
        let filled = Int((share * 30).rounded())
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        // In the first second a guess would jump.
        let left = seconds > 1 && share > 0 ? ", \(timeText(seconds * (1 - share) / share)) left" : ""
        return "\(title)  \(bar) \(String(format: "%3.0f %%", share * 100))  \(records.grouped) records\(rate)\(left)"
    }

    private static func timeText(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(.up), 1e9))
        if whole < 60 { return "\(whole) s" }
        return whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole / 60 % 60) min"
    }
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
