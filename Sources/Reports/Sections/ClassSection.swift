internal import OnlineLearning
internal import Records
internal import Settings
internal import StreamTasks

/// How each class fared.
struct ClassSection {
    var report: EvaluationReport

    var section: PageSection? {
        let classes = report.target.classes
        guard !classes.isEmpty, report.runs.contains(where: { $0.history.evaluated > 0 }) else { return nil }
        var content = Markup()
        for run in report.runs {
            content.element("div", ["class": "scroll"]) { scroll in
                scroll.element("table") { table in
                    if report.runs.count > 1 { table.element("caption", text: run.name) }
                    PlotTable(
                        header: ["class", "weight", "precision", "recall", "F1"],
                        rows: zip(classes, run.overall.classes).map { name, values in
                            [name.description, NumberText.weight(values.support)]
                                + [values.precision, values.recall, values.f1].map { $0.map(NumberText.metric) ?? "–" }
                        }
                    ).drawRows(into: &table)
                }
            }
        }
        return PageSection(
            title: "Classes",
            explanation:
                "Weight: of the records that were of the class, 1 each unless they say otherwise. Precision: the share of "
                + "what was said to be of the class that was; recall: the share of what was of it that was found; F1: "
                + "their harmonic mean.",
            style: "tables", content: content)
    }
}
