import OnlineLearning
import Records
import Testing

/// The defaults on the streams of the project, prequentially.
@Suite struct TreeQualityTests {
    private struct Row {
        var x: [Float]
        var label: Label
    }

    /// The columns that are numbers, and a label that is `positive` or not; for nil a number.
    private func rows(_ file: String, _ names: [String], label: String, positive: String?) throws -> [Row] {
        try columns(names + [label], of: file).map { fields in
            let truth: Label =
                if let positive {
                    .classIndex(fields[names.count] == positive ? 1 : 0)
                } else {
                    .value(try #require(Double(fields[names.count])))
                }
            return Row(x: fields.dropLast().map { Float($0) ?? .nan }, label: truth)
        }
    }

    private func run<Learner: OnlineLearner & ~Copyable>(
        _ learner: inout Learner, _ rows: [Row], target: Target, scaling: ScalingKind = .standard
    ) -> MetricValues {
        var scaler = FeatureScaler(
            features: rows[0].x.indices.map { FeatureDeclaration(name: "f\($0)", scaling: scaling) })
        // Scores of anomalies are judged by the label, as probabilities are.
        let isUnlabelled = target == .unlabelled
        var metrics = PrequentialMetrics(target: isUnlabelled ? twoClasses : target, window: 100, fading: 0.999)
        for row in rows {
            let example = LearnerExample(dense: scaler.transform(row.x), label: row.label)
            var prediction = learner.answer(example, classes: target.classes.count).prediction
            if isUnlabelled { prediction.classIndex = 0 }
            metrics.add(prediction, row.label)
            learner.learn(example)
            scaler.update(row.x)
        }
        return metrics.overall
    }

    @Test func `a forest gets 0.876 of electricity right, and more`() throws {
        let names = ["period", "nswprice", "nswdemand", "vicprice", "vicdemand", "transfer"]
        let rows = try rows("electricity.csv.gz", names, label: "class", positive: "UP")
        var forest = AdaptiveRandomForest(AdaptiveRandomForestConfiguration(inputCount: 6, target: twoClasses))
        let values = run(&forest, rows, target: twoClasses)
        #expect(values.accuracy ?? 0 >= 0.895)
        #expect(values.logLoss ?? 1 <= 0.27)
    }

    @Test func `a forest gets 0.91 of phishing right`() throws {
        let names = [
            "empty_server_form_handler", "popup_window", "https", "request_from_other_domain",
            "anchor_from_other_domain", "is_popular", "long_url", "age_of_domain", "ip_in_url",
        ]
        let rows = try rows("phishing.csv.gz", names, label: "phishing", positive: "1")
        var forest = AdaptiveRandomForest(AdaptiveRandomForestConfiguration(inputCount: 9, target: twoClasses))
        let values = run(&forest, rows, target: twoClasses)
        #expect(values.accuracy ?? 0 >= 0.91)
        #expect(values.logLoss ?? 1 <= 0.25)
    }

    @Test func `a tree is off by less than 12 minutes on flights, in the mean`() throws {
        let names = ["dep_delay", "distance", "sched_dep_min", "sched_arr_min", "month", "weekday"]
        let rows = try rows("flights.csv.gz", names, label: "arr_delay", positive: nil)
        var tree = HoeffdingTree(HoeffdingTreeConfiguration(inputCount: 6, target: .regression))
        let values = run(&tree, Array(rows[..<40_000]), target: .regression)
        #expect(values.mae ?? .infinity <= 12)
        #expect(values.r2 ?? 0 > 0.8)
    }

    @Test func `half-space trees tell the shuttle's anomalies, 0.985 of the area under the curve`() throws {
        let rows = try rows("shuttle.csv.gz", (1...9).map { "f\($0)" }, label: "anomaly", positive: "1")
        var trees = HalfSpaceTrees(HalfSpaceTreesConfiguration(inputCount: 9))
        let values = run(&trees, rows, target: .unlabelled, scaling: .minMax)
        #expect(values.auc ?? 0 >= 0.985)
    }
}
