import JSONTree
import OnlineLearning
import Records
import Settings
import Snapshots
import StreamTasks
import TestSupport
import Testing

/// Every kind of model through a whole task, from its settings to its snapshots.
@Suite struct LearnerKindTests {
    struct Setup: CustomTestStringConvertible, Sendable {
        var model: String
        var target: String
        var testDescription: String { "\(model) for \(target)" }

        var isSequence: Bool { ["rnn", "gru", "lstm"].contains { model.hasPrefix("{kind: \($0)") } }
        var isImage: Bool { model.hasPrefix("{kind: cnn") }

        func settings() throws -> PipelineSettings {
            let features =
                isSequence
                ? "[{name: s, kind: sequence, length: 2, steps: 5}]"
                : isImage
                    ? "[{name: v, kind: vector, shape: [1, 4, 4]}]"
                    : "[{name: a}, {name: b, scale: min-max}, {name: c, kind: category, values: [x, y, z]}]"
            let classes =
                switch target {
                case "binary": ", classes: [DOWN, UP]"
                case "multiclass": ", classes: [one, two, three]"
                default: ""
                }
            return try PipelineSettings.parse(
                """
                pipeline: sample
                kafka: {bootstrap.servers: "localhost:9092"}
                features: \(features)
                target: {kind: \(target)\(classes)}
                model: \(model)
                evaluation: {window: 100 records}
                """)
        }

        static let all: [Setup] =
            [
                ("{kind: logistic}", ["binary"]), ("{kind: linear}", ["regression"]),
                ("{kind: softmax}", ["multiclass"]),
                ("{kind: logistic, loss: squared-hinge, optimizer: {kind: nesterov, schedule: warm-up}}", ["binary"]),
                (
                    "{kind: linear, loss: quantile, quantile: 0.9, optimizer: {kind: adamw, schedule: cosine}}",
                    ["regression"]
                ),
                ("{kind: softmax, optimizer: {kind: adam, schedule: step, updates: 50}}", ["multiclass"]),
                ("{kind: ftrl, l1: 0.01}", ["binary", "regression"]),
                ("{kind: factorization-machine, factors: 3}", ["binary", "regression"]),
                ("{kind: half-space-trees, trees: 5, height: 4, window: 30}", ["none"]),
                ("{kind: vae, encoder: [6], latent: 2}", ["none"]),
            ].flatMap { model, targets in targets.map { Setup(model: model, target: $0) } }
            + [
                "{kind: svm}", "{kind: svm, update: pegasos, kernel: {features: 20}}", "{kind: hoeffding-tree}",
                "{kind: random-forest, trees: 3, grace-period: 20}", "{kind: mlp, layers: [6, 4], dropout: 0.1}",
                "{kind: cnn, channels: [3]}", "{kind: rnn, hidden: 4}", "{kind: gru, hidden: 4, truncate: 3}",
                "{kind: lstm, hidden: 4}", "{kind: bagging, of: hoeffding-tree, count: 3}",
                "{kind: stacking, members: [random-forest, mlp, svm]}",
            ].flatMap { model in
                ["binary", "multiclass", "regression"].map { Setup(model: model, target: $0) }
            }

        /// Records whose label follows from their features.
        func records(_ count: Int, seed: UInt64) -> [String] {
            var random = SplitMix64(seed: seed)
            return (0..<count).map { _ in
                let a = Double.random(in: -1...1, using: &random)
                let category = ["x", "y", "z"].randomElement(using: &random) ?? "x"
                let value = a + (category == "z" ? 0.5 : 0) + Double.random(in: -0.1...0.1, using: &random)
                let values: String
                if isSequence {
                    let steps = (0..<Int.random(in: 1...7, using: &random)).map { "[\(a), \($0)]" }
                    values = "\"s\":[\(steps.joined(separator: ","))]"
                } else if isImage {
                    values = "\"v\":[\((0..<16).map { "\(a * Double($0))" }.joined(separator: ","))]"
                } else {
                    values = "\"a\":\(a),\"b\":\(Double.random(in: 0...9, using: &random)),\"c\":\"\(category)\""
                }
                let label =
                    switch target {
                    case "binary": value > 0 ? "\"UP\"" : "\"DOWN\""
                    case "multiclass": value > 0.4 ? "\"one\"" : value > -0.3 ? "\"two\"" : "\"three\""
                    case "none": value > 0.9 ? "1" : "0"
                    default: "\(value)"
                    }
                return "{\"features\":{\(values)},\"label\":\(label)}"
            }
        }
    }

    @Test(arguments: Setup.all)
    func `a task of any model goes on from a snapshot byte for byte`(setup: Setup) throws {
        let settings = try setup.settings()
        let records = setup.records(260, seed: 41)
        var whole = try TaskDriver(settings)
        for record in records { whole.pipe(record) }
        #expect(whole.sink.deadLetters.isEmpty && whole.task.counters.learned == 260)
        for cut in [1, 133] {
            var first = try TaskDriver(settings)
            for record in records[..<cut] { first.pipe(record) }
            var second = try TaskDriver(settings)
            try second.restore(first.task.snapshot(writtenAt: 0))
            for record in records[cut...] { second.pipe(record) }
            #expect(second.task.snapshot(writtenAt: 0).state == whole.task.snapshot(writtenAt: 0).state, "\(cut)")
            #expect(second.sink.predictions == Array(whole.sink.predictions[cut...]))
        }
    }

    @Test(arguments: Setup.all)
    func `predictions say what their schema says, and the probabilities of several classes add up to 1`(
        setup: Setup
    ) throws {
        var driver = try TaskDriver(setup.settings())
        for record in setup.records(120, seed: 42) { driver.pipe(record) }
        for prediction in driver.sink.predictions {
            let json = try JSONValue.parse(prediction.value)
            let score = try #require(json["score"]?.doubleValue)
            #expect(score.isFinite && json["learned"] == true)
            guard setup.target == "multiclass" else {
                #expect(json["probabilities"] == nil)
                continue
            }
            let shares = ["one", "two", "three"].compactMap { json["probabilities"]?[$0]?.doubleValue }
            #expect(shares.count == 3 && shares.allSatisfy { (0...1).contains($0) })
            #expect(abs(shares.reduce(0, +) - 1) < 1e-3, "\(shares)")
            #expect(["one", "two", "three"].contains(json["prediction"]?.stringValue))
        }
        if setup.target == "none" { #expect(driver.task.evaluation.overall.auc != nil) }
    }

    @Test func `a shared model is a linear one with a step size`() {
        for model in ["random-forest", "ftrl", "logistic, optimizer: {kind: adaptive}"] {
            #expect(throws: SettingsErrors.self) {
                try SampleSettings.binary(model: "{kind: \(model), scope: shared}")
            }
        }
        #expect(throws: Never.self) { try SampleSettings.binary(model: "{kind: logistic, scope: shared}") }
    }
}
