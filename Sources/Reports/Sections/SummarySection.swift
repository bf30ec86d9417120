internal import Records
internal import Settings
internal import StreamTasks

/// The page's head: what was evaluated on what, which one is better, and the metrics over the whole stream.
struct SummarySection {
    var report: EvaluationReport

    func draw(into page: inout Markup) {
        page.element("header") { header in
            header.element("h1") { title in
                title.text("Evaluation")
                title.element("span", text: report.runs.map(\.name).joined(separator: " · "))
            }
            header.element("p", ["class": "source"], text: source)
            if let verdict = report.verdict { header.element("p", ["class": "verdict"], text: verdict) }
        }
        page.element("section", ["class": "summary-tables"]) { section in
            section.element("h2", text: "Summary")
            section.element("p", ["class": "explanation"], text: explanation)
            section.element("div", ["class": "pair"]) { pair in
                pair.element("div", ["class": "scroll"]) { $0.element("table") { drawMetrics(into: &$0) } }
                pair.element("div", ["class": "scroll"]) { $0.element("table") { drawCounts(into: &$0) } }
            }
        }
    }

    private var source: String {
        "\(NumberText.count(report.records)) records of \(report.source), each predicted before it was learned"
    }

    private var explanation: String {
        let runs = report.runs
        let hasIntervals = runs.contains { run in run.figures.contains { $0.interval != nil } }
        return "Metrics over all labelled records."
            + (hasIntervals ? " In brackets: the interval that holds the true value with 95 % confidence." : "")
            + (runs.count > 1 ? " The best of each row is bold." : "")
    }

    private func drawMetrics(into table: inout Markup) {
        drawHeader("metric", into: &table)
        let names = report.runs.flatMap { $0.figures.map(\.name) }.uniqued()
        table.element("tbody") { body in
            for name in names {
                let figures = report.runs.map { run in run.figures.first { $0.name == name } }
                let best = report.runs.count > 1 ? Self.best(name, figures.map { $0?.value }) : nil
                body.element("tr") { row in
                    row.element("th", ["scope": "row"], text: name.replacing("_", with: " "))
                    for figure in figures {
                        let isBest = best != nil && figure?.value == best
                        row.element("td", ["class": isBest ? "best" : ""]) { Self.draw(figure, into: &$0) }
                    }
                }
            }
        }
    }

    private static func draw(_ figure: EvaluationReport.Figure?, into cell: inout Markup) {
        guard let figure else { return cell.text("–") }
        cell.text(NumberText.metric(figure.value))
        guard let interval = figure.interval else { return }
        cell.element(
            "small", text: "[\(NumberText.metric(interval.lowerBound)), \(NumberText.metric(interval.upperBound))]")
    }

    /// Metrics that are the better the smaller they are.
    private static let losses: Set = [
        "loss", "log_loss", "brier", "calibration_error", "mae", "rmse", "mape", "pinball",
    ]

    private static func best(_ name: String, _ values: [Double?]) -> Double? {
        let values = values.compactMap(\.self).filter(\.isFinite)
        return losses.contains(name) ? values.min() : values.max()
    }

    private func drawCounts(into table: inout Markup) {
        drawHeader("pipeline", into: &table)
        let rows: [(String, (EvaluationReport.Run) -> String)] = [
            ("pipeline", { $0.settings.pipeline }), ("model", { $0.settings.modelKind }),
            ("target", { $0.settings.target.word }),
            ("features", { NumberText.count($0.settings.features.count) }),
            ("predictions", { NumberText.count(Int(clamping: $0.counters.predicted)) }),
            ("learned", { NumberText.count(Int(clamping: $0.counters.learned)) }),
            ("dead letters", { NumberText.count(Int(clamping: $0.counters.refused)) }),
            ("alerts", { NumberText.count($0.alerts.count) }),
        ]
        table.element("tbody") { body in
            for (name, text) in rows {
                body.element("tr") { row in
                    row.element("th", ["scope": "row"], text: name)
                    for run in report.runs { row.element("td", text: text(run)) }
                }
            }
        }
    }

    private func drawHeader(_ first: String, into table: inout Markup) {
        table.element("thead") { head in
            head.element("tr") { row in
                row.element("th", ["scope": "col"], text: first)
                for (index, run) in report.runs.enumerated() {
                    row.element("th", ["scope": "col"]) { cell in
                        if report.runs.count > 1 {
                            cell.element("span", ["class": "key \(EvaluationReport.style(index))"], text: "")
                        }
                        cell.text(run.name)
                    }
                }
            }
        }
    }
}

extension Sequence where Element: Hashable {
    /// Each once, where it came first.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
