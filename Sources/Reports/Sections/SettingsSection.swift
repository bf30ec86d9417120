internal import Settings

/// What the settings files say beyond the defaults; of several, where they differ.
struct SettingsSection {
    var report: EvaluationReport

    var section: PageSection? {
        let runs = report.runs
        let texts = runs.map { run in
            Dictionary(run.settings.resolved.map { ($0.key, $0) }) { first, _ in first }
        }
        let keys = runs.flatMap { $0.settings.resolved.map(\.key) }.uniqued().filter { key in
            runs.count > 1
                ? Set(texts.map { $0[key]?.text }).count > 1
                : texts[0][key]?.isDefault == false
        }
        guard !keys.isEmpty else { return nil }
        var content = Markup()
        content.element("div", ["class": "scroll"]) { scroll in
            scroll.element("table", ["class": "words"]) { table in
                PlotTable(
                    header: ["setting"] + (runs.count > 1 ? runs.map(\.name) : ["value"]),
                    rows: keys.map { key in [key] + texts.map { $0[key]?.text ?? "–" } }
                ).drawRows(into: &table)
            }
        }
        return PageSection(
            title: "Settings",
            explanation: runs.count > 1
                ? "Where the settings differ." : "What the settings file says; all else has its default.",
            style: "tables", content: content)
    }
}
