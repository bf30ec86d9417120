import JSONTree
import Telemetry
import TestSupport
import Testing

/// The page, as Prometheus' own parser for Python reads it.
struct ExpositionTests {
    private static let parser = """
        import json, sys
        from prometheus_client.parser import text_string_to_metric_families
        page = open(sys.argv[1], newline="").read()
        out = {}
        for family in text_string_to_metric_families(page):
            out[family.name] = {"type": family.type, "help": family.documentation, "samples": [
                {"name": s.name, "labels": [[k, v] for k, v in s.labels.items()], "value": repr(float(s.value))}
                for s in family.samples]}
        print(json.dumps(out))
        """

    private struct Sample: Equatable {
        var labels: [String: String]
        var value: Double
    }

    private struct Page {
        let tree: JSONValue

        /// The parser drops `_total` from counters' names.
        func type(_ family: MetricFamily) -> String? { tree[Self.base(family)]?["type"]?.stringValue }

        func samples(_ family: MetricFamily, _ suffix: String = "") -> [Sample] {
            (tree[Self.base(family)]?["samples"]?.arrayValue ?? []).filter {
                $0["name"]?.stringValue == family.name + suffix
            }.map { sample in
                let pairs = sample["labels"]?.arrayValue ?? []
                let labels = pairs.map { ($0[0]?.stringValue ?? "", $0[1]?.stringValue ?? "") }
                return Sample(
                    labels: Dictionary(uniqueKeysWithValues: labels),
                    value: Double(sample["value"]?.stringValue ?? "") ?? .nan)
            }
        }

        private static func base(_ family: MetricFamily) -> String {
            family.kind == .counter ? String(family.name.dropLast("_total".count)) : family.name
        }
    }

    private func read(_ metrics: StreamMetrics) throws -> Page {
        let folder = try TemporaryFolder()
        let path = try folder.write(metrics.exposition(), to: "metrics.txt")
        return Page(tree: try JSONValue.parse(try PythonEnvironment.run(script: Self.parser, arguments: [path])))
    }

    @Test func `every family is there from the start with its type and help`() throws {
        let metrics = StreamMetrics(build: BuildInformation(["version": "1.2.3", "librdkafka": "2.12.1"]))
        let page = try read(metrics)
        for family in MetricFamily.allCases {
            #expect(page.type(family) == family.kind.rawValue, "\(family.name)")
        }
        #expect(page.samples(.buildInfo) == [Sample(labels: ["version": "1.2.3", "librdkafka": "2.12.1"], value: 1)])
        #expect(page.samples(.recordsConsumed) == [Sample(labels: [:], value: 0)])
    }

    @Test func `the names are those that dashboards rely on`() {
        let names = Set(MetricFamily.allCases.map(\.name))
        let promised = [
            "records_consumed_total", "predictions_total", "learned_total", "dead_letters_total",
            "predict_duration_seconds", "end_to_end_latency_seconds", "model_version", "model_age_seconds",
            "snapshot_last_success_timestamp_seconds", "drift_alerts_total", "transactions_total", "consumer_lag",
            "build_info",
        ]
        for name in promised { #expect(names.contains("millrace_" + name)) }
        for family in MetricFamily.allCases {
            #expect(family.name.hasSuffix("_total") == (family.kind == .counter))
        }
    }

    @Test func `histograms are cumulative and in seconds`() throws {
        let metrics = StreamMetrics(build: BuildInformation([:]))
        var batch = BatchMetrics()
        batch.predictDuration.record(nanoseconds: 250, times: 2)
        batch.predictDuration.record(nanoseconds: 900, times: 3)
        batch.predictDuration.record(nanoseconds: 5_000_000_000)
        metrics.addWorker().publish(&batch)
        let page = try read(metrics)
        let buckets = page.samples(.predictDuration, "_bucket")
        #expect(buckets.first == Sample(labels: ["le": "2.5e-07"], value: 2))
        #expect(buckets.map(\.value) == buckets.map(\.value).sorted())
        #expect(buckets.dropLast().last?.value == 5)
        #expect(buckets.last == Sample(labels: ["le": "+Inf"], value: 6))
        #expect(page.samples(.predictDuration, "_count").map(\.value) == [6])
        let sum = try #require(page.samples(.predictDuration, "_sum").first?.value)
        #expect(abs(sum - 5.0000032) < 1e-12)
    }

    @Test func `labels survive quotes, backslashes, line ends and every script`() throws {
        let hostile = ["a\"b", "a\\b", "a\nb", "a\r\nb", "\\n", "} 1\nevil 2", "größe 特徴 🌊", ""]
        let metrics = StreamMetrics(build: BuildInformation([:]))
        for text in hostile { metrics.countDeadLetter(reason: text) }
        let page = try read(metrics)
        #expect(page.samples(.deadLetters) == hostile.map { Sample(labels: ["reason": $0], value: 1) })
    }

    @Test func `a task's gauges come and go with its partition, and its failures stay counted`() throws {
        let metrics = StreamMetrics(build: BuildInformation([:]), now: { 1_700_000_000_500 })
        let task = metrics.addTask(partition: 7)
        task.publish(modelVersion: 123_456_789_012, learned: true)
        task.publish(lag: 42, topic: "t.features", partition: 7)
        task.publish(lag: 41, topic: "t.features", partition: 7)
        task.publish(prequential: [PrequentialGauge(name: "accuracy", scope: .windowed, value: 0.875)])
        var page = try read(metrics)
        #expect(page.samples(.restored).isEmpty && page.samples(.restoreRemaining).isEmpty, "nothing to restore yet")
        task.publish(restored: 30, remaining: 12)
        task.snapshotSucceeded()
        task.snapshotFailed()
        page = try read(metrics)
        #expect(page.samples(.restored) == [Sample(labels: ["partition": "7"], value: 30)])
        #expect(page.samples(.restoreRemaining) == [Sample(labels: ["partition": "7"], value: 12)])
        #expect(page.samples(.modelVersion) == [Sample(labels: ["partition": "7"], value: 123_456_789_012)])
        #expect(page.samples(.modelAge) == [Sample(labels: ["partition": "7"], value: 0)])
        #expect(page.samples(.consumerLag) == [Sample(labels: ["topic": "t.features", "partition": "7"], value: 41)])
        #expect(page.samples(.snapshotLastSuccess) == [Sample(labels: ["partition": "7"], value: 1_700_000_000.5)])
        #expect(
            page.samples(.prequential)
                == [Sample(labels: ["metric": "accuracy", "scope": "windowed", "partition": "7"], value: 0.875)])
        metrics.removeTask(partition: 7)
        page = try read(metrics)
        #expect(page.samples(.modelVersion).isEmpty && page.samples(.consumerLag).isEmpty)
        #expect(page.samples(.snapshotFailures).map(\.value) == [1])
    }

    @Test func `a metric that is not finite is spelled as Prometheus spells it`() throws {
        let metrics = StreamMetrics(build: BuildInformation([:]))
        let values = [Double.nan, .infinity, -.infinity, -0.5, 1e300]
        metrics.addTask(partition: 0).publish(
            prequential: values.map { PrequentialGauge(name: "m\($0)", scope: .overall, value: $0) })
        let found = try read(metrics).samples(.prequential).map(\.value)
        #expect(found.first?.isNaN == true)
        #expect(Array(found.dropFirst()) == Array(values.dropFirst()))
    }

    @Test func `segments, estimates without labels and answers to alerts have their labels`() throws {
        let metrics = StreamMetrics(build: BuildInformation([:]))
        let task = metrics.addTask(partition: 2)
        task.publish(prequential: [
            PrequentialGauge(name: "mae", scope: .faded, value: 3),
            PrequentialGauge(name: "mae", scope: .windowed, value: 4, segment: "carrier=AA"),
        ])
        task.publish(estimates: [PrequentialGauge(name: "accuracy", scope: .waiting, value: 0.75)])
        metrics.countDriftResponses(action: "swapped", by: 2)
        let page = try read(metrics)
        #expect(
            page.samples(.prequential) == [
                Sample(labels: ["metric": "mae", "scope": "faded", "partition": "2"], value: 3),
                Sample(
                    labels: ["metric": "mae", "scope": "windowed", "partition": "2", "segment": "carrier=AA"], value: 4),
            ])
        #expect(
            page.samples(.estimated) == [
                Sample(labels: ["metric": "accuracy", "scope": "waiting", "partition": "2"], value: 0.75)
            ])
        #expect(page.samples(.driftResponses) == [Sample(labels: ["action": "swapped"], value: 2)])
    }

    @Test func `no input can make the page grow without end`() throws {
        let metrics = StreamMetrics(build: BuildInformation([:]))
        for number in 0..<10_000 { metrics.countDriftAlert(detector: "adwin", signal: "s\(number)") }
        let samples = try read(metrics).samples(.driftAlerts)
        #expect(samples.count < 300)
        #expect(samples.reduce(0) { $0 + $1.value } == 10_000)
        #expect(metrics.driftAlerts == 10_000)
    }
}
