internal import Records
internal import StreamTasks

/// What a regression predicted against what was true: means of twenty groups of equal size.
struct TruthPicture {
    var report: EvaluationReport

    /// Nil where nothing was evaluated.
    var picture: Picture? {
        let groups = report.runs.map { Self.groups($0.history.pairs.pairs) }
        let points = groups.flatMap { $0 }
        guard !points.isEmpty else { return nil }
        let area = PlotArea(
            left: 56, top: 26, width: Picture.column - 66, height: 190, x: Axis(holding: points.map(\.x)),
            y: Axis(holding: points.map(\.y)))
        var svg = Markup()
        area.drawAxes(into: &svg, xName: "predicted", yName: "mean label")
        area.drawDiagonal(into: &svg)
        LinePlot(area: area, curves: groups.enumerated().map { curve($0.offset, $0.element) }).draw(into: &svg)
        let furthest = points.map { abs($0.y - $0.x) }.max() ?? 0
        return Picture(
            title: "Predicted and true",
            explanation:
                "Predictions in twenty groups of equal size by what was predicted, and the mean of the labels in each. "
                + "On the dashed line, what was said is what came.",
            summary: "The group that is furthest off is so by \(NumberText.short(furthest)).",
            width: Picture.column, height: 262, table: table(groups), legend: report.legend, body: svg)
    }

    private static func groups(_ pairs: [PairSample.Pair]) -> [PlotPoint] {
        let pairs = pairs.sorted { ($0.score, $0.truth) < ($1.score, $1.truth) }
        let count = min(20, pairs.count)
        return (0..<count).map { group in
            let members = pairs[group * pairs.count / count..<(group + 1) * pairs.count / count]
            return PlotPoint(
                x: members.reduce(0) { $0 + $1.score } / Double(members.count),
                y: members.reduce(0) { $0 + $1.truth } / Double(members.count))
        }
    }

    private func curve(_ index: Int, _ points: [PlotPoint]) -> LinePlot.Curve {
        LinePlot.Curve(
            name: report.runs[index].name, style: EvaluationReport.style(index), points: points,
            hints: points.map { point in
                "\(report.prefix(index))predicted \(NumberText.short(point.x)), the labels' mean "
                    + NumberText.short(point.y)
            }, hasDots: true)
    }

    private func table(_ groups: [[PlotPoint]]) -> PlotTable {
        PlotTable(
            header: report.runHeader + ["predicted", "mean label"],
            rows: groups.enumerated().flatMap { index, points in
                points.map { report.runCell(index) + [NumberText.short($0.x), NumberText.short($0.y)] }
            })
    }
}
