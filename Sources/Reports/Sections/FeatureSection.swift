internal import Records
internal import StreamTasks

/// How the features that are numbers went over the stream: a small plot each, mean and deviation window by window.
struct FeatureSection {
    var report: EvaluationReport

    /// More plots than these nobody looks at: the features that moved most are shown.
    private static let most = 24

    /// One feature as the first run that has it saw it.
    private struct Course {
        var name: String
        var series: StretchedSeries<ValueWindow>
        /// How far the windows' means lie apart, in deviations within a window.
        var movement: Double
    }

    var section: PageSection? {
        let all = courses
        guard !all.isEmpty else { return nil }
        let shown = Set(
            all.indices.sorted { (all[$0].movement, $1) > (all[$1].movement, $0) }.prefix(Self.most))
        var content = Markup()
        for index in all.indices where shown.contains(index) { picture(all[index]).draw(into: &content) }
        let left = all.count - shown.count
        return PageSection(
            title: "Features",
            explanation: "The mean of each feature, and one deviation on either side, in windows of "
                + "\(NumberText.count(all[0].series.width)) records. A mark is an alert of a detector on that feature."
                + (left > 0
                    ? " The \(Self.most) features of \(all.count) are shown whose means move most, in their deviations."
                    : ""),
            style: "smalls", content: content)
    }

    private var courses: [Course] {
        var found: [Course] = []
        var names: Set<String> = []
        for run in report.runs {
            for (name, series) in zip(run.history.names, run.history.features) where names.insert(name).inserted {
                guard series.windows.contains(where: { $0.values.mean != nil }) else { continue }
                found.append(Course(name: name, series: series, movement: Self.movement(series)))
            }
        }
        return found
    }

    private static func movement(_ series: StretchedSeries<ValueWindow>) -> Double {
        var means = ValueMoments()
        var within = ValueMoments()
        for window in series.windows {
            guard let mean = window.values.mean, let deviation = window.values.deviation else { continue }
            means.add(mean, weight: window.values.weight)
            within.add(deviation, weight: window.values.weight)
        }
        guard let between = means.deviation, let within = within.mean, between > 0 else { return 0 }
        return within > 0 ? between / within : .greatestFiniteMagnitude
    }

    private func picture(_ course: Course) -> Picture {
        let series = course.series
        let points = series.windows.enumerated().map { index, window in
            window.values.mean.map { PlotPoint(x: (Double(index) + 0.5) * Double(series.width), y: $0) }
        }
        let band = series.windows.map { window -> ClosedRange<Double>? in
            guard let mean = window.values.mean, let deviation = window.values.deviation else { return nil }
            return mean - deviation...mean + deviation
        }
        let rows = AlertRows(report, signal: "feature." + course.name).rows
        let strip = EventStrip(rows: rows, top: 172, lanes: report.runs.count)
        let area = PlotArea(
            left: 46, top: 10, width: Picture.small - 52, height: 130,
            x: Axis(from: 0, to: Double(max(report.records, 1)), steps: 3),
            y: Axis(holding: band.flatMap { $0.map { [$0.lowerBound, $0.upperBound] } ?? [] }, steps: 4))
        var svg = Markup()
        area.drawAxes(into: &svg, xName: "", yName: nil)
        strip.draw(under: area, into: &svg)
        LinePlot(
            area: area,
            curves: [
                LinePlot.Curve(
                    name: course.name, style: "feature", points: points, band: band, hints: hints(series))
            ]
        ).draw(into: &svg)
        let missing = series.windows.reduce(0) { $0 + $1.missing }
        let alerts = rows.reduce(0) { $0 + $1.marks.count }
        let means = points.compactMap { $0?.y }
        return Picture(
            title: course.name,
            summary: "Means from \(NumberText.short(means.min() ?? 0)) to \(NumberText.short(means.max() ?? 0))"
                + (missing > 0 ? ", \(NumberText.count(missing)) missing" : "")
                + (alerts > 0 ? alerts == 1 ? ", one alert" : ", \(NumberText.count(alerts)) alerts" : "") + ".",
            width: Picture.small, height: 172 + strip.height, table: table(series), body: svg)
    }

    private func hints(_ series: StretchedSeries<ValueWindow>) -> [String] {
        series.windows.enumerated().map { index, window in
            guard let mean = window.values.mean, let deviation = window.values.deviation else { return "" }
            return "records \(NumberText.count(index * series.width + 1)) to "
                + "\(NumberText.count((index + 1) * series.width)): \(NumberText.short(mean)) ± "
                + NumberText.short(deviation)
        }
    }

    private func table(_ series: StretchedSeries<ValueWindow>) -> PlotTable {
        PlotTable(
            header: ["from record", "mean", "deviation", "missing"],
            rows: series.windows.enumerated().map { index, window in
                [
                    NumberText.count(index * series.width + 1), window.values.mean.map(NumberText.short) ?? "–",
                    window.values.deviation.map(NumberText.short) ?? "–", NumberText.count(window.missing),
                ]
            })
    }
}
