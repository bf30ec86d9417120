internal import Settings

/// All alerts, in the order of the stream.
struct AlertSection {
    var report: EvaluationReport

    /// A page of more rows helps nobody.
    private static let most = 200

    var section: PageSection? {
        guard report.runs.contains(where: { !$0.settings.drift.isEmpty }) else { return nil }
        let alerts = report.runs.flatMap { run in run.alerts.map { (run.name, $0) } }
            .sorted { $0.1.record < $1.1.record }
        var content = Markup()
        if !alerts.isEmpty {
            content.element("div", ["class": "scroll"]) { scroll in
                scroll.element("table") { table in
                    PlotTable(
                        header: ["record"] + (report.runs.count > 1 ? ["settings"] : []) + ["signal", "detector"],
                        rows: alerts.prefix(Self.most).map { name, alert in
                            [NumberText.count(alert.record)] + (report.runs.count > 1 ? [name] : [])
                                + [alert.signal, alert.detector]
                        }
                    ).drawRows(into: &table)
                }
            }
        }
        let rest = alerts.count > Self.most ? " The first \(Self.most) are shown." : ""
        let count = alerts.count == 1 ? "One alert." : "\(NumberText.count(alerts.count)) alerts."
        return PageSection(
            title: "Alerts",
            explanation: alerts.isEmpty ? "No detector has fired." : count + rest, style: "tables", content: content)
    }
}
