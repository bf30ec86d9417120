internal import Records
internal import Settings
internal import StreamTasks

/// How scores are distributed, apart by what was true; of a regression, the errors. One picture a run.
struct ScorePictures {
    var report: EvaluationReport

    var pictures: [Picture] { report.runs.compactMap(picture) }

    private var explanation: String {
        switch report.target {
        case .binary:
            "The probability of the last class in \(ScoreBins.count) bins, apart for records of either class, each as shares of "
                + "its own. The less they overlap, the better the classes are told apart."
        case .multiclass:
            "The probability of the predicted class in \(ScoreBins.count) bins, apart for right and wrong predictions, each as "
                + "shares of its own."
        case .regression:
            "Label minus prediction. The outermost bins hold all that lies beyond: a hundredth on each side."
        case .unlabelled:
            "How unusual records were found to be, apart by label where they have one. The outermost bins hold all that lies "
                + "beyond: a hundredth on each side."
        }
    }

    private func picture(_ run: EvaluationReport.Run) -> Picture? {
        let more = report.runs.count > 1 ? ", \(run.name)" : ""
        switch run.settings.target {
        case .binary(let classes):
            return probabilities(
                run, title: "Scores by class" + more, hits: classes[1].description, others: classes[0].description,
                unit: "probability of \(classes[1])")
        case .multiclass:
            return probabilities(
                run, title: "Confidence" + more, hits: "right", others: "wrong",
                unit: "probability of the predicted class")
        case .regression:
            let errors = run.history.pairs.pairs.map { $0.truth - $0.score }
            return spread([("errors", errors)], title: "Errors" + more, unit: "label − prediction")
        case .unlabelled:
            let pairs = run.history.pairs.pairs
            let groups = [
                ("usual", pairs.filter { $0.truth == 0 }), ("unusual", pairs.filter { $0.truth == 1 }),
                ("without a label", pairs.filter(\.truth.isNaN)),
            ]
            return spread(
                groups.filter { !$0.1.isEmpty }.map { ($0.0, $0.1.map(\.score)) }, title: "Anomaly scores" + more,
                unit: "score")
        }
    }

    private func probabilities(
        _ run: EvaluationReport.Run, title: String, hits: String, others: String, unit: String
    ) -> Picture? {
        let bins = run.history.scores.bins
        let edges = (0...bins.count).map { Double($0) / Double(bins.count) }
        return histogram(
            [(others, bins.map { $0.records - $0.hits }), (hits, bins.map(\.hits))], edges: edges,
            axis: Axis(from: 0, to: 1), title: title, unit: unit)
    }

    /// Values in 40 bins between their first and last hundredth.
    private func spread(_ groups: [(String, [Double])], title: String, unit: String) -> Picture? {
        let values = groups.flatMap(\.1).sorted()
        guard values.count > 1 else { return nil }
        let axis = Axis(holding: [values[values.count / 100], values[values.count - 1 - values.count / 100]], steps: 8)
        let edges = (0...ScoreBins.count).map {
            axis.low + (axis.high - axis.low) * Double($0) / Double(ScoreBins.count)
        }
        let counts = groups.map { name, values in
            var counts = [Int](repeating: 0, count: ScoreBins.count)
            for value in values {
                counts[min(Int(axis.place(value) * Double(ScoreBins.count)), ScoreBins.count - 1)] += 1
            }
            return (name, counts)
        }
        return histogram(counts, edges: edges, axis: axis, title: title, unit: unit)
    }

    private func histogram(
        _ groups: [(name: String, counts: [Int])], edges: [Double], axis: Axis, title: String, unit: String
    ) -> Picture? {
        let totals = groups.map { $0.counts.reduce(0, +) }
        let shares = zip(groups, totals).map { group, total in
            group.counts.map { total > 0 ? Double($0) / Double(total) : 0 }
        }
        guard let most = shares.flatMap({ $0 }).max(), most > 0 else { return nil }
        let area = PlotArea(
            left: 56, top: 26, width: Picture.column - 66, height: 190, x: axis,
            y: Axis(holding: [0, most], steps: 4))
        var svg = Markup()
        area.drawAxes(into: &svg, xName: unit, yName: "share of records")
        let styles = groups.count == 1 ? ["run-1"] : ["group-1", "group-2", "group-3"]
        StepPlot(
            area: area, edges: edges,
            outlines: zip(groups, shares).enumerated().map { index, pair in
                StepPlot.Outline(
                    name: pair.0.name, style: styles[index % styles.count], heights: pair.1,
                    hints: pair.0.counts.indices.map { bin in
                        "\(pair.0.name): \(NumberText.count(pair.0.counts[bin])) records from "
                            + "\(NumberText.short(edges[bin])) to \(NumberText.short(edges[bin + 1]))"
                    })
            }
        ).draw(into: &svg)
        return Picture(
            title: title, explanation: explanation,
            summary: "Records: "
                + zip(groups, totals).map { "\($0.name) \(NumberText.count($1))" }
                .joined(separator: ", ") + ".",
            width: Picture.column, height: 262,
            table: PlotTable(
                header: ["from"] + groups.map(\.name),
                rows: edges.dropLast().indices.map { bin in
                    [NumberText.short(edges[bin])] + groups.map { NumberText.count($0.counts[bin]) }
                }),
            legend: groups.count > 1
                ? groups.enumerated().map { LegendEntry(name: $0.element.name, style: "line \(styles[$0.offset])") }
                : [],
            body: svg)
    }
}
