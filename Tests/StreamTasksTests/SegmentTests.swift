import OnlineLearning
import Records
import Settings
import StreamTasks
import TestSupport
import Testing

/// Metrics told apart by the values of a category.
@Suite struct SegmentTests {
    private func settings(_ more: String = "") throws -> PipelineSettings {
        try PipelineSettings.parse(
            """
            pipeline: sample
            kafka: {bootstrap.servers: "localhost:9092"}
            features: [{name: a}, {name: city, kind: category, encode: one-hot, values: [Bern, 7, true]}]
            target: {kind: binary, classes: [DOWN, UP]}
            model: {kind: logistic}
            evaluation: {segments: city, window: 200 records}
            \(more)
            """)
    }

    private static let cities = [#""Bern""#, "7", "true", #""Rome""#, "null"]

    /// Records of five cities in turn; in the first one labels are a coin's, in the others `a` decides.
    private func records(_ count: Int, seed: UInt64) -> [(features: String, label: String)] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { number in
            let a = Double.random(in: -2...2, using: &random)
            let isUp = number % 5 == 0 ? Bool.random(using: &random) : a > 0
            return (#"{"a":\#(a),"city":\#(Self.cities[number % 5])}"#, isUp ? "UP" : "DOWN")
        }
    }

    @Test func `each segment has the metrics of its own records, and the others share one`() throws {
        var run = try OfflineRun(settings())
        for (number, record) in records(2_000, seed: 8).enumerated() {
            let text = #"{"id":\#(number),"features":\#(record.features),"label":"\#(record.label)"}"#
            Array(text.utf8).withUnsafeBytes { run.process($0) }
        }
        let segments = run.segments
        #expect(segments.map(\.name) == ["city=Bern", "city=7", "city=true", "city=*"])
        #expect(segments.map(\.values.records) == [400, 400, 400, 800])
        let accuracies = try segments.map { try #require($0.values.accuracy) }
        #expect(accuracies[0] < 0.6 && accuracies.dropFirst().allSatisfy { $0 > 0.9 }, "\(accuracies)")
        let overall = try #require(run.overall.accuracy)
        let mean = zip(accuracies, segments).reduce(0) { $0 + $1.0 * Double($1.1.values.records) } / 2_000
        #expect(abs(mean - overall) < 1e-12)
    }

    @Test func `a label that comes later counts in its record's segment, also after a restore`() throws {
        let late = try settings("topics.labels: sample.labels")
        var driver = try TaskDriver(late)
        var inline = try TaskDriver(settings())
        let records = records(300, seed: 9)
        for (number, record) in records.enumerated() {
            driver.pipe(#"{"id":\#(number),"features":\#(record.features)}"#)
            inline.pipe(#"{"id":\#(number),"features":\#(record.features),"label":"\#(record.label)"}"#)
            if number >= 20 { driver.label(#"{"id":\#(number - 20),"label":"\#(records[number - 20].label)"}"#) }
            if number == 150 {
                let snapshot = driver.task.snapshot(writtenAt: 0)
                driver = try TaskDriver(late)
                try driver.restore(snapshot)
            }
        }
        for number in 280..<300 { driver.label(#"{"id":\#(number),"label":"\#(records[number].label)"}"#) }
        let counts = driver.task.windowedSegments.map(\.values.records)
        #expect(counts == [40, 40, 40, 80] && counts == inline.task.windowedSegments.map(\.values.records))
        let accuracy = try #require(driver.task.windowedSegments[0].values.accuracy)
        #expect(accuracy < 0.7 && driver.task.windowedSegments[1].values.accuracy.map { $0 > 0.85 } == true)
    }

    @Test func `each window of the drift topic has a record for each segment`() throws {
        var driver = try TaskDriver(settings("drift: []"))
        for (number, record) in records(400, seed: 10).enumerated() {
            driver.pipe(#"{"id":\#(number),"features":\#(record.features),"label":"\#(record.label)"}"#)
        }
        let segments = driver.sink.drift.filter { $0.signal.hasPrefix("city=") }
        let names = ["city=Bern", "city=7", "city=true", "city=*"]
        #expect(segments.map(\.signal) == names + names)
        let first = String(decoding: segments[0].value, as: UTF8.self)
        #expect(first.contains(#""accuracy":"#) && first.contains(#""log_loss":"#), "\(first)")
    }
}
