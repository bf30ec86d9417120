internal import Records
internal import Settings
internal import StreamTasks

/// How the metric and the loss went over the stream, with the alerts under them.
struct CourseSection {
    var report: EvaluationReport

    var section: PageSection? {
        var content = Markup()
        for picture in [metric, loss, score].compactMap(\.self) { picture.draw(into: &content) }
        guard !content.html.isEmpty else { return nil }
        return PageSection(
            title: "Over the stream",
            explanation: "Each point stands for a window of \(windowText). "
                + "A vertical mark is an alert: a detector says that its signal has changed.",
            content: content)
    }

    private var windowText: String { "\(NumberText.count(report.runs[0].history.windows.width)) records" }

    private var metric: Picture? {
        let isShare = report.target.isForClasses
        return course(
            title: isShare ? "Accuracy" : "Mean absolute error", unit: isShare ? "share right" : "unit of the label",
            limits: isShare ? 0...1 : nil
        ) { window in window.error.mean.map { isShare ? 1 - $0 : $0 } }
    }

    private var loss: Picture? {
        course(title: "Loss", unit: "mean loss, as the model minimizes it", limits: nil) { $0.loss.mean }
    }

    /// Without a target there is no error, and with one the scores tell less than it.
    private var score: Picture? {
        guard report.target == .unlabelled else { return nil }
        return course(title: "Anomaly score", unit: "mean score", limits: nil) { $0.score.mean }
    }

    private func course(
        title: String, unit: String, limits: ClosedRange<Double>?, _ value: (RunWindow) -> Double?
    ) -> Picture? {
        let curves = report.runs.enumerated().map { index, run in
            LinePlot.Curve(run, style: EvaluationReport.style(index), named: report.runs.count > 1, value)
        }
        let points = curves.flatMap { $0.points.compactMap(\.self) }
        guard !points.isEmpty else { return nil }
        let end = Double(report.runs.map { $0.history.windows.windows.count * $0.history.windows.width }.max() ?? 1)
        let strip = EventStrip(rows: AlertRows(report).rows, top: 262, lanes: report.runs.count)
        let area = PlotArea(
            left: 56, top: 26, width: Picture.column - 56 - 10, height: 190,
            x: Axis(from: 0, to: min(end, Double(max(report.records, 1))), steps: 5),
            y: Axis(holding: points.map(\.y), limits: limits))
        var svg = Markup()
        area.drawAxes(into: &svg, xName: "record", yName: unit)
        strip.draw(under: area, into: &svg)
        LinePlot(area: area, curves: curves).draw(into: &svg)
        return Picture(
            title: title, summary: summary(curves, unit: unit), width: Picture.column, height: 262 + strip.height,
            table: table(curves, unit: unit), legend: report.legend, body: svg)
    }

    private func summary(_ curves: [LinePlot.Curve], unit: String) -> String {
        let texts = curves.compactMap { curve -> String? in
            let values = curve.points.compactMap { $0?.y }
            guard let first = values.first, let last = values.last, let least = values.min(), let most = values.max()
            else { return nil }
            let text =
                "first \(NumberText.short(first)), last \(NumberText.short(last)), "
                + "lowest \(NumberText.short(least)), highest \(NumberText.short(most))"
            return report.runs.count > 1 ? "\(curve.name): \(text)" : text
        }
        return "Windows: " + texts.joined(separator: "; ") + "."
    }

    private func table(_ curves: [LinePlot.Curve], unit: String) -> PlotTable {
        let width = report.runs[0].history.windows.width
        let longest = curves.map(\.points.count).max() ?? 0
        return PlotTable(
            header: ["from record"] + (report.runs.count > 1 ? curves.map(\.name) : [unit]),
            rows: (0..<longest).map { index in
                [NumberText.count(index * width + 1)]
                    + curves.map { curve in
                        let point = index < curve.points.count ? curve.points[index] : nil
                        return point.map { NumberText.short($0.y) } ?? "–"
                    }
            })
    }
}

extension LinePlot.Curve {
    /// A run's windows, each at its middle.
    init(
        _ run: EvaluationReport.Run, style: String, named: Bool, _ value: (RunWindow) -> Double?
    ) {
        let series = run.history.windows
        var points: [PlotPoint?] = []
        var hints: [String] = []
        for (index, window) in series.windows.enumerated() {
            let found = value(window)
            points.append(found.map { PlotPoint(x: (Double(index) + 0.5) * Double(series.width), y: $0) })
            let stretch =
                "records \(NumberText.count(index * series.width + 1)) to "
                + NumberText.count((index + 1) * series.width)
            hints.append((named ? "\(run.name), " : "") + stretch + ": " + (found.map(NumberText.short) ?? "none"))
        }
        self.init(name: run.name, style: style, points: points, hints: hints)
    }
}
