import OnlineLearning
import Records
import Testing

@Suite struct StreamQualityTests {
    private func run(
        _ rows: [(x: [Float], label: Label)], _ configuration: LinearModelConfiguration
    ) -> MetricValues {
        let features = (0..<configuration.featureCount).map { FeatureDeclaration(name: "f\($0)") }
        var scaler = FeatureScaler(features: features)
        var model = LinearModel(configuration)
        var metrics = PrequentialMetrics(target: configuration.target, window: 1000, fading: 0.999)
        var x = [Float](repeating: 0, count: features.count)
        for row in rows {
            x.withUnsafeMutableBufferPointer { output in
                row.x.withUnsafeBufferPointer { scaler.transform($0, into: output) }
            }
            metrics.add(model.predict(x), row.label)
            model.learn(Example(x: x, label: row.label))
            scaler.update(row.x)
        }
        return metrics.overall
    }

    @Test func `a long step reaches 0.90 on electricity and beats saying the last label`() throws {
        let names = ["period", "nswprice", "nswdemand", "vicprice", "vicdemand", "transfer"]
        let rows = try columns(names + ["class"], of: "electricity.csv.gz").map { row in
            (x: row.dropLast().map { Float($0) ?? .nan }, label: Label.classIndex(row[6] == "UP" ? 1 : 0))
        }
        #expect(rows.count == 45_312)
        let values = run(
            rows,
            LinearModelConfiguration(
                featureCount: 6, target: twoClasses, optimizer: OptimizerConfiguration(stepSize: 2)))
        #expect(values.accuracy ?? 0 >= 0.90)
        #expect(values.kappaTemporal ?? 0 > 0.3)
        #expect(values.logLoss ?? 1 < 0.3)
    }

    @Test func `the defaults reach a mean error of 12 minutes on flights`() throws {
        let names = ["dep_delay", "distance", "sched_dep_min", "sched_arr_min", "month", "weekday"]
        let rows = try columns(names + ["arr_delay"], of: "flights.csv.gz").map { row in
            (x: row.dropLast().map { Float($0) ?? .nan }, label: Label.value(try #require(Double(row[6]))))
        }
        #expect(rows.count == 100_000)
        let values = run(rows, LinearModelConfiguration(featureCount: 6, target: .regression))
        #expect(values.mae ?? .infinity <= 12.0)
        #expect(values.r2 ?? 0 > 0.85)
    }
}
