internal import OnlineLearning
internal import StreamTasks

/// How the predictions of each segment fared: of each value of a declared category.
struct SegmentSection {
    var report: EvaluationReport

    var section: PageSection? {
        guard report.runs.contains(where: { !$0.segments.isEmpty }) else { return nil }
        var content = Markup()
        for run in report.runs {
            let columns = run.segments.first?.values.named.map(\.name) ?? []
            content.element("div", ["class": "scroll"]) { scroll in
                scroll.element("table") { table in
                    if report.runs.count > 1 { table.element("caption", text: run.name) }
                    PlotTable(
                        header: ["segment", "records"] + columns,
                        rows: run.segments.map { segment in
                            [segment.name, NumberText.weight(Double(segment.values.records))]
                                + columns.map { column in
                                    segment.values.named.first { $0.name == column }.map { NumberText.metric($0.value) }
                                        ?? "–"
                                }
                        }
                    ).drawRows(into: &table)
                }
            }
        }
        return PageSection(
            title: "Segments",
            explanation: "The metrics of each value of a category; * is all values that have none of their own.",
            style: "tables", content: content)
    }
}
