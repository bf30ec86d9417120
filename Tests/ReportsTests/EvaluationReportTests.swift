import OnlineLearning
import Reports
import Settings
import StreamTasks
import TestSupport
import Testing

@Suite struct EvaluationReportTests {
    private func settings(_ target: String, _ model: String) throws -> PipelineSettings {
        try PipelineSettings.parse(
            """
            pipeline: sample
            kafka: {bootstrap.servers: "localhost:9092"}
            features: [{name: a}, {name: b}]
            target: \(target)
            model: \(model)
            drift: [{watch: feature, detector: page-hinkley, features: [a]}]
            """)
    }

    /// A page over records whose `a` jumps in the middle.
    private func page(
        _ target: String, _ model: String, records: Int, label: (Double) -> String?
    ) throws -> String {
        let settings = try settings(target, model)
        var run = try OfflineRun(settings, partitions: 2, keepsHistory: true)
        var generator = SplitMix64(seed: 11)
        for index in 0..<records {
            let a = Double.random(in: 0..<1, using: &generator) + (index > records / 2 ? 5 : 0)
            let text = label(a).map { ", \"label\": \($0)" } ?? ""
            Array("{\"features\": {\"a\": \(a), \"b\": null}\(text)}".utf8).withUnsafeBytes { run.process($0) }
        }
        let kept = run.sink.history
        let history = try #require(kept)
        return EvaluationReport(
            source: "a stream", records: records,
            runs: [
                .init(
                    name: "sample", settings: settings, counters: run.counters, overall: run.overall,
                    figures: run.overall.named.map { .init(name: $0.name, value: $0.value) },
                    history: history,
                    alerts: run.sink.alerts.map { alert in
                        .init(
                            signal: alert.output.signal, detector: alert.output.detector ?? "",
                            record: run.sink.record(partition: alert.partition, offset: Int64(alert.output.record) - 1)
                        )
                    })
            ], verdict: nil
        ).html()
    }

    private func expectSound(_ page: String, _ sections: [String]) {
        #expect(page.hasPrefix("<!doctype html>\n<html lang=\"en\">") && page.hasSuffix("</html>\n"))
        let found = page.split(separator: "<h2>").dropFirst().map { String($0.prefix { $0 != "<" }) }
        #expect(found == sections)
        #expect(!page.contains("NaN") && !page.contains("=\"inf") && !page.contains("nan,"))
        #expect(page.components("<svg role") == page.components("<figcaption>"))
    }

    @Test func `each kind of target has its plots`() throws {
        expectSound(
            try page("{kind: binary, classes: [LOW, HIGH]}", "{kind: logistic}", records: 2_000) {
                $0 > 0.5 ? "\"HIGH\"" : "\"LOW\""
            }, ["Summary", "Over the stream", "Predictions", "Classes", "Features", "Alerts", "Settings"])
        expectSound(
            try page("{kind: multiclass, classes: [0, 1, 2]}", "{kind: softmax}", records: 2_000) {
                "\(min(2, Int($0 * 2)))"
            }, ["Summary", "Over the stream", "Predictions", "Classes", "Features", "Alerts", "Settings"])
        expectSound(
            try page("{kind: regression}", "{kind: linear}", records: 2_000) { "\($0 * 3)" },
            ["Summary", "Over the stream", "Predictions", "Features", "Alerts", "Settings"])
        expectSound(
            try page("{kind: none}", "{kind: half-space-trees}", records: 2_000) { _ in nil },
            ["Summary", "Over the stream", "Predictions", "Features", "Alerts", "Settings"])
    }

    @Test func `an alert stands where it came, over the whole stream, in the plot and in the table`() throws {
        let page = try page("{kind: regression}", "{kind: linear}", records: 4_000) { "\($0)" }
        #expect(page.contains("feature.a · page-hinkley"))
        let at = try #require(page.firstMatch(of: /feature\.a · page-hinkley at record ([0-9,]+)/)).1
        let record = try #require(Int(at.replacing(",", with: "")))
        #expect((2_001...2_400).contains(record), "\(record)")
        #expect(page.contains("<th scope=\"row\">\(at)</th>"))
    }

    @Test(arguments: [0, 1, 2]) func `of no record, or hardly any, there is a page too`(records: Int) throws {
        for (target, model) in [
            ("{kind: binary, classes: [LOW, HIGH]}", "{kind: logistic}"), ("{kind: regression}", "{kind: linear}"),
            ("{kind: none}", "{kind: half-space-trees}"),
        ] {
            let page = try page(target, model, records: records) { _ in nil }
            #expect(page.hasSuffix("</html>\n") && !page.contains("NaN"))
            #expect(page.contains("<h2>Summary</h2>"))
        }
    }

    @Test func `an interval of a share is Wilson's`() {
        let interval = ShareInterval.wilson(0.9, of: 100)
        #expect(abs(interval.lowerBound - 0.8256) < 1e-4 && abs(interval.upperBound - 0.9448) < 1e-4)
        #expect(ShareInterval.wilson(0, of: 0) == 0...1)
        #expect(ShareInterval.wilson(1, of: 5).upperBound == 1)
    }
}

extension String {
    fileprivate func components(_ part: String) -> Int { ranges(of: part).count }
}
