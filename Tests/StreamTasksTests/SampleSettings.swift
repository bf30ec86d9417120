import Foundation
import Records
import Settings
import TestSupport

/// Settings files for tests.
enum SampleSettings {
    /// Two features and two classes.
    static func binary(_ more: String = "", model: String = "{kind: logistic}") throws -> PipelineSettings {
        try PipelineSettings.parse(
            """
            pipeline: sample
            kafka: {bootstrap.servers: "localhost:9092"}
            features: [{name: a}, {name: b}]
            target: {kind: binary, classes: [DOWN, UP]}
            model: \(model)
            \(more)
            """)
    }

    static func regression(_ more: String = "") throws -> PipelineSettings {
        try PipelineSettings.parse(
            """
            pipeline: sample
            kafka: {bootstrap.servers: "localhost:9092"}
            features: [{name: a}, {name: b}]
            target: {kind: regression}
            model: {kind: linear}
            \(more)
            """)
    }

    /// The electricity stream, as the demo has it.
    static func electricity(_ more: String = "") throws -> PipelineSettings {
        try PipelineSettings.parse(
            """
            pipeline: electricity
            kafka: {bootstrap.servers: "localhost:9092"}
            features:
              - {name: period}
              - {name: nswprice}
              - {name: nswdemand}
              - {name: vicprice}
              - {name: vicdemand}
              - {name: transfer}
            target: {kind: binary, classes: [DOWN, UP]}
            model: {kind: logistic, optimizer: {kind: sgd, step-size: 2}}
            drift:
              - {watch: loss, detector: adwin}
              - {watch: feature, detector: page-hinkley, features: [nswprice]}
            \(more)
            """)
    }
}

/// Feature records that a logistic model can learn from, some of them malformed.
func sampleRecords(_ count: Int, seed: UInt64, malformed: Bool = true) -> [String] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { index in
        let a = Double.random(in: -2...2, using: &random)
        let b = Double.random(in: 0...100, using: &random)
        let label = a + b / 100 + Double.random(in: -0.5...0.5, using: &random) > 0.5 ? "UP" : "DOWN"
        switch Int.random(in: 0..<(malformed ? 40 : 36), using: &random) {
        case 36: return "{\"features\":{\"a\":\"x\"}}"
        case 37: return "{\"features\":"
        case 38: return "{\"features\":{\"a\":1},\"label\":\"SIDEWAYS\"}"
        case 39: return "{\"features\":{}}"
        case 0: return "{\"features\":{\"b\":\(b)},\"label\":\"\(label)\"}"
        case 1: return "{\"id\":\(index),\"features\":{\"a\":\(a),\"b\":\(b)}}"
        case 2: return "{\"features\":{\"a\":\(a),\"b\":\(b)},\"label\":\"\(label)\",\"weight\":2.5}"
        default:
            return
                "{\"timestamp\":\(1_700_000_000_000 + index * 500),\"features\":{\"a\":\(a),\"b\":\(b)},\"label\":\"\(label)\"}"
        }
    }
}
