import OnlineLearning
import Records
import Testing

/// The adaptive linear model with its defaults on real streams.
@Suite struct AdaptiveQualityTests {
    private func run(_ rows: [(x: [Float], label: Label)], _ features: [FeatureDeclaration], _ target: Target)
        -> MetricValues
    {
        var scaler = FeatureScaler(features: features)
        var model = AdaptiveLinearModel(AdaptiveLinearConfiguration(featureCount: features.count, target: target))
        var metrics = PrequentialMetrics(target: target, window: 1000, fading: 0.999)
        for (index, row) in rows.enumerated() {
            let example = LearnerExample(dense: scaler.transform(row.x), label: row.label)
            let stamp = UInt64(index + 1)
            metrics.add(model.answer(example, classes: target.classes.count, stamp: stamp).prediction, row.label)
            model.learn(example, stamp: stamp)
            scaler.update(row.x)
        }
        return metrics.overall
    }

    private func binary(_ names: [String], _ label: String, positive: String, of file: String) throws -> MetricValues {
        let rows = try columns(names + [label], of: file).map { row in
            (
                x: row.dropLast().map { Float($0) ?? .nan },
                label: Label.classIndex(row[names.count] == positive ? 1 : 0)
            )
        }
        return run(rows, names.map { FeatureDeclaration(name: $0) }, twoClasses)
    }

    @Test func `electricity needs no step size`() throws {
        let values = try binary(
            ["period", "nswprice", "nswdemand", "vicprice", "vicdemand", "transfer"], "class", positive: "UP",
            of: "electricity.csv.gz")
        #expect(values.accuracy ?? 0 >= 0.915)
        #expect(values.logLoss ?? 1 <= 0.235)
    }

    @Test func `phishing needs no step size`() throws {
        let values = try binary(
            [
                "empty_server_form_handler", "popup_window", "https", "request_from_other_domain",
                "anchor_from_other_domain", "is_popular", "long_url", "age_of_domain", "ip_in_url",
            ], "phishing", positive: "1", of: "phishing.csv.gz")
        #expect(values.accuracy ?? 0 >= 0.895)
        #expect(values.logLoss ?? 1 <= 0.27)
    }

    @Test func `flights need no step size`() throws {
        let names = ["dep_delay", "distance", "sched_dep_min", "sched_arr_min", "month", "weekday"]
        let read = try columns(names + ["carrier", "origin", "arr_delay"], of: "flights.csv.gz")
        let carriers = Set(read.map { $0[6] }).sorted()
        let origins = Set(read.map { $0[7] }).sorted()
        let rows = try read.map { row in
            var x = row[..<6].map { Float($0) ?? .nan }
            x += carriers.map { $0 == row[6] ? 1 : 0 } + origins.map { $0 == row[7] ? 1 : 0 }
            return (x: x, label: Label.value(try #require(Double(row[8]))))
        }
        let features =
            names.map { FeatureDeclaration(name: $0) }
            + (carriers + origins).map { FeatureDeclaration(name: String($0), scaling: .none) }
        let values = run(rows, features, .regression)
        #expect(values.mae ?? .infinity <= 10.6)
        #expect(values.rmse ?? .infinity <= 15)
    }
}
