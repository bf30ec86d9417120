/// The alerts of all runs as rows of an event strip: a row for each signal and detector, those with the most alerts first.
struct AlertRows {
    let rows: [EventStrip.Row]

    /// - Parameter signal: whose alerts; nil for all.
    init(_ report: EvaluationReport, signal: String? = nil) {
        var marks: [String: [(at: Double, style: String, lane: Int)]] = [:]
        for (index, run) in report.runs.enumerated() {
            let style = report.runs.count > 1 ? EvaluationReport.style(index) : "alert"
            for alert in run.alerts where signal == nil || alert.signal == signal {
                marks[alert.rowName, default: []].append((Double(alert.record), style, index))
            }
        }
        let order = marks.keys.sorted {
            let counts = (marks[$0]?.count ?? 0, marks[$1]?.count ?? 0)
            return counts.0 == counts.1 ? $0 < $1 : counts.0 > counts.1
        }
        var rows = order.map { EventStrip.Row(name: $0, marks: marks[$0] ?? []) }
        if rows.count > EventStrip.mostRows {
            let others = rows[(EventStrip.mostRows - 1)...]
            rows =
                Array(rows[..<(EventStrip.mostRows - 1)])
                + [.init(name: "\(others.count) other signals", marks: others.flatMap(\.marks))]
        }
        self.rows = rows
    }
}

extension EvaluationReport.Alert {
    /// The signal with the detector that watches it.
    var rowName: String { detector.isEmpty ? signal : "\(signal) · \(detector)" }
}
