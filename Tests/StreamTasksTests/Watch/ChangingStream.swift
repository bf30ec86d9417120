import Foundation
import JSONTree
import Settings
import StreamTasks
import TestSupport

/// A stream whose label follows one feature, with two others that say nothing, and something that changes and comes back.
struct ChangingStream {
    enum Change: CaseIterable, Sendable {
        case none, concept, feature, missing, category, volume, refusals, together

        /// The signal that has to be told of.
        var signal: String? {
            switch self {
            case .none: nil
            case .concept: "loss"
            case .feature: "feature.n"
            case .missing: "missing.n"
            case .category: "new-category.c"
            case .volume: "volume"
            case .refusals: "refused"
            case .together: "features"
            }
        }
    }

    private var random: SplitMix64
    private var time: Int64 = 1_700_000_000_000

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    static func settings(_ more: String = "", model: String = "{kind: logistic}") throws -> PipelineSettings {
        try PipelineSettings.parse(
            """
            pipeline: changing
            kafka: {bootstrap.servers: "localhost:9092"}
            features:
              - {name: a}
              - {name: n}
              - {name: c, kind: category, encode: one-hot, values: [x, y, z]}
            target: {kind: binary, classes: [DOWN, UP]}
            model: \(model)
            \(more)
            """)
    }

    /// Roughly normal, of mean 0 and deviation 1.
    private mutating func noise() -> Double {
        var sum = 0.0
        for _ in 0..<6 { sum += Double.random(in: -1...1, using: &random) }
        return sum / 2.0.squareRoot()
    }

    mutating func next(_ change: Change) -> String {
        time += change == .volume ? 20_000 : Int64.random(in: 500...1_500, using: &random)
        let a = noise()
        let own = noise()
        // Of the same mean and deviation as by itself.
        let n = change == .together ? 0.8 * a + 0.6 * own : own + (change == .feature ? 1 : 0)
        let isHigh = a + 0.5 * noise() > 0
        let label = isHigh == (change == .concept) ? "DOWN" : "UP"
        let lot = Double.random(in: 0..<1, using: &random)
        let word = change == .category && lot < 0.2 ? "w" : ["x", "y", "z"][Int(lot * 1_000) % 3]
        let number = change == .missing && lot < 0.2 ? "null" : change == .refusals && lot < 0.2 ? "\"n\"" : "\(n)"
        return
            "{\"timestamp\":\(time),\"features\":{\"a\":\(a),\"n\":\(number),\"c\":\"\(word)\"},\"label\":\"\(label)\"}"
    }
}

/// What the drift topic was told beside the windows: `alert loss`, `returned loss`.
func notices(_ driver: borrowing TaskDriver) throws -> [String] {
    try driver.sink.drift.compactMap { output in
        switch output.kind {
        case .alert: return "alert \(output.signal)"
        case .recovery:
            let ending = try JSONValue.parse(output.value)["ending"]?.stringValue ?? "?"
            return "\(ending) \(output.signal)"
        case .window, .gap: return nil
        }
    }
}
