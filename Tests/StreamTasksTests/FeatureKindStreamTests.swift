import OnlineLearning
import Records
import Settings
import Snapshots
import StreamTasks
import TestSupport
import Testing

/// Features of other kinds than numbers, through a whole task.
@Suite struct FeatureKindStreamTests {
    private func settings() throws -> PipelineSettings {
        try PipelineSettings.parse(
            """
            pipeline: sample
            kafka: {bootstrap.servers: "localhost:9092"}
            features:
              - {name: color, kind: category, values: [red, green, blue]}
              - {name: shop, kind: category, vocabulary: {cap: 4, minimum: 2, expiry: 50}}
              - {name: size, scale: robust, missing: indicator}
              - {name: pixels, kind: vector, length: 2}
              - {name: when, kind: timestamp, path: /timestamp}
            target: {kind: binary, classes: [DOWN, UP]}
            model: {kind: logistic}
            selection: {kind: correlation, keep: 12, every: 100}
            drift: [{watch: feature, detector: adwin}]
            evaluation: {window: 200 records}
            """)
    }

    /// What is green is UP, whatever else the record says.
    private func records(_ count: Int, seed: UInt64) -> [String] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { index in
            let color = ["red", "green", "blue"].randomElement(using: &random)!
            let size = Int.random(in: 0..<9, using: &random)
            return #"{"timestamp":\#(1_700_000_000_000 + 60_000 * index),"features":{"color":"\#(color)","#
                + #""shop":\#(Int.random(in: 0..<9, using: &random)),"pixels":[\#(size),null],"#
                + #""size":\#(size == 0 ? "null" : "\(size)")},"label":"\#(color == "green" ? "UP" : "DOWN")"}"#
        }
    }

    @Test func `a category is learned, and only numbers are watched`() throws {
        var driver = try TaskDriver(settings())
        for record in records(1_000, seed: 31) { driver.pipe(record) }
        #expect(driver.sink.predictions.count == 1_000)
        #expect(driver.task.evaluation.overall.named.first { $0.name == "accuracy" }.map { $0.value > 0.9 } == true)
        let signals = Set(driver.sink.drift.map(\.signal))
        #expect(signals.contains("feature.size") && !signals.contains("feature.color"))
        driver.pipe(#"{"features":{"color":["red"]}}"#)
        #expect(driver.sink.deadLetters.count == 1)
    }

    @Test func `a task goes on from a snapshot byte for byte`() throws {
        let records = records(700, seed: 32)
        var whole = try TaskDriver(settings())
        for record in records { whole.pipe(record) }
        for cut in [1, 99, 100, 350] {
            var first = try TaskDriver(settings())
            for record in records[..<cut] { first.pipe(record) }
            var second = try TaskDriver(settings())
            try second.restore(first.task.snapshot(writtenAt: 0))
            for record in records[cut...] { second.pipe(record) }
            #expect(second.task.snapshot(writtenAt: 0).state == whole.task.snapshot(writtenAt: 0).state, "\(cut)")
        }
    }
}
