internal import OnlineLearning
internal import Records
internal import StreamTasks

/// Whether what was said came true as often as it was said: a reliability diagram with the counts behind it.
/// - Source: Murphy and Winkler, Journal of the Royal Statistical Society C 26 (1977).
struct ReliabilityPicture {
    var report: EvaluationReport

    /// By run, the groups that have records.
    private var groups: [[CalibrationBin]] { report.runs.map(\.overall.calibration) }

    /// Nil where there is no probability to look at.
    var picture: Picture? {
        let groups = groups
        guard let most = groups.joined().map(\.weight).max() else { return nil }
        let unit = Axis(from: 0, to: 1)
        let area = PlotArea(left: 56, top: 26, width: Picture.column - 66, height: 200, x: unit, y: unit)
        let below = PlotArea(
            left: 56, top: 262, width: Picture.column - 66, height: 60, x: unit, y: Axis(holding: [0, most], steps: 2))
        var svg = Markup()
        area.drawAxes(into: &svg, xName: nil, yName: "share that came true")
        area.drawDiagonal(into: &svg)
        for (index, bins) in groups.enumerated() { drawIntervals(bins, index, in: area, into: &svg) }
        LinePlot(area: area, curves: groups.enumerated().map { curve($0.offset, $0.element) }).draw(into: &svg)
        below.drawAxes(into: &svg, xName: "predicted probability", yName: "predictions")
        StepPlot(area: below, edges: Self.edges, outlines: groups.enumerated().map { outline($0.offset, $0.element) })
            .draw(into: &svg)
        return Picture(
            title: "Calibration", explanation: explanation, summary: summary, width: Picture.column, height: 366,
            table: table, legend: report.legend, body: svg)
    }

    /// The metric's own ten steps.
    private static let edges = (0...10).map { Double($0) / 10 }

    private var explanation: String {
        let class_ = report.target.classes.last?.description ?? ""
        let what =
            report.target.classes.count == 2
            ? "the probability of “\(class_)”: how often it was true in each"
            : "the probability of the predicted class: how often it was right in each"
        return
            "Predictions in ten groups by \(what), with its 95 % interval. On the dashed line, what was said is what came. "
            + "Below: how many predictions each group has."
    }

    private func drawIntervals(_ bins: [CalibrationBin], _ index: Int, in area: PlotArea, into svg: inout Markup) {
        for bin in bins {
            let interval = ShareInterval.wilson(bin.share, of: bin.weight)
            let across = NumberText.coordinate(area.across(bin.probability))
            svg.element(
                "line",
                [
                    "class": "whisker \(EvaluationReport.style(index))", "x1": across, "x2": across,
                    "y1": NumberText.coordinate(area.down(interval.lowerBound)),
                    "y2": NumberText.coordinate(area.down(interval.upperBound)),
                ])
        }
    }

    private func curve(_ index: Int, _ bins: [CalibrationBin]) -> LinePlot.Curve {
        LinePlot.Curve(
            name: report.runs[index].name, style: EvaluationReport.style(index),
            points: bins.map { PlotPoint(x: $0.probability, y: $0.share) },
            hints: bins.map { bin in
                "\(report.prefix(index))said \(NumberText.short(bin.probability)), came true "
                    + "\(NumberText.short(bin.share)), \(NumberText.weight(bin.weight)) predictions"
            }, hasDots: true)
    }

    private func outline(_ index: Int, _ bins: [CalibrationBin]) -> StepPlot.Outline {
        let weights = Self.edges.dropLast().map { edge in bins.first { abs($0.lower - edge) < 1e-6 }?.weight ?? 0 }
        return StepPlot.Outline(
            name: report.runs[index].name, style: EvaluationReport.style(index), heights: weights,
            hints: weights.map { "\(report.prefix(index))\(NumberText.weight($0)) predictions" })
    }

    private var summary: String {
        let errors = report.runs.enumerated().compactMap { index, run in
            run.overall.calibrationError.map { report.prefix(index) + NumberText.metric($0) }
        }
        return "Expected calibration error: " + errors.joined(separator: ", ") + "."
    }

    private var table: PlotTable {
        PlotTable(
            header: report.runHeader + ["group", "predictions", "said", "came true"],
            rows: groups.enumerated().flatMap { index, bins in
                bins.map { bin in
                    report.runCell(index) + [
                        "\(NumberText.short(bin.lower)) to \(NumberText.short(bin.upper))",
                        NumberText.weight(bin.weight), NumberText.short(bin.probability), NumberText.short(bin.share),
                    ]
                }
            })
    }
}
