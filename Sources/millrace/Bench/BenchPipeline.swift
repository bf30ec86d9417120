internal import Foundation
internal import Settings

/// What is watched while it is measured.
enum BenchWatch: String, CaseIterable {
    case detectors = "two detectors"
    case none
    /// What a file without `drift` has.
    case usual = "default"
}

/// The pipelines that are measured: the demo's, and the same over 28 generated features.
struct BenchPipeline {
    var features: [String]
    /// One that a detector watches besides the loss.
    var watched: String
    var classes: [String]
    var stepSize = 1.0

    static let electricity = BenchPipeline(
        features: ["period", "nswprice", "nswdemand", "vicprice", "vicdemand", "transfer"], watched: "nswprice",
        classes: ["DOWN", "UP"])

    static let wide = BenchPipeline(
        features: (0..<GeneratedRecords.featureCount).map { "x\($0)" }, watched: "x0", classes: ["no", "yes"])

    /// - Parameters:
    ///   - kafka: properties of librdkafka's; those of the engine alone need none.
    ///   - name: the pipeline's, which topics and group are named after.
    func settings(
        name: String, kafka: [String: String], directory: String, delivery: Delivery = .atLeastOnce,
        watch: BenchWatch = .detectors
    ) throws -> PipelineSettings {
        let properties = kafka.merging(["bootstrap.servers": "127.0.0.1:9092"]) { own, _ in own }
            .sorted { $0.key < $1.key }.map { "  \($0.key): \"\($0.value)\"\n" }.joined()
        let yaml = """
            pipeline: \(name)
            delivery: \(delivery.rawValue)
            kafka:
            \(properties)
            features: [\(features.map { "{name: \($0)}" }.joined(separator: ", "))]
            target: {kind: binary, classes: [\(classes.map { "\"\($0)\"" }.joined(separator: ", "))]}
            model: {kind: logistic, optimizer: {kind: sgd, step-size: \(stepSize)}}
            snapshots: {directory: "\(directory)", every: 30s, keep: 2}
            \(drift(watch))
            """
        return try PipelineSettings.parse(yaml, file: "the benchmark's settings")
    }

    private func drift(_ watch: BenchWatch) -> String {
        switch watch {
        case .detectors:
            "drift: [{watch: loss, detector: adwin}, {watch: feature, detector: page-hinkley, features: [\(watched)]}]"
        case .none: "drift: []"
        case .usual: ""
        }
    }
}
