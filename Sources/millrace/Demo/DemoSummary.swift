internal import Foundation
internal import JSONTree
internal import OnlineLearning
internal import Settings
internal import Snapshots
internal import StreamService
internal import StreamTasks
internal import Telemetry

/// What the demo found, for people and for machines.
struct DemoSummary {
    var task: TaskStatus?
    var seconds: Double
    var latency: LatencyHistogram
    var alerts: [DriftOutput]
    var snapshots: [String]
    var wasInterrupted: Bool

    /// The snapshots that are there at the end, newest first.
    static func snapshots(_ settings: PipelineSettings) -> [String] {
        SnapshotDirectory(root: settings.snapshots.directory, pipeline: settings.pipeline, partition: 0).entries()
            .map(\.path)
    }

    /// As it was called, so that the commands can be copied.
    private static var program: String { CommandLine.arguments.first ?? "millrace" }

    private var recordsPerSecond: Double { Double(task?.counters.consumed ?? 0) / max(seconds, 1e-9) }

    private static let metrics: Set = ["accuracy", "log_loss", "auc", "kappa", "kappa_temporal"]

    private var named: [(name: String, value: Double)] {
        (task?.overall?.named ?? []).filter { Self.metrics.contains($0.name) }
    }

    var json: JSONValue {
        [
            "records": .integer(Int64(task?.counters.consumed ?? 0)),
            "predictions": .integer(Int64(task?.counters.predicted ?? 0)),
            "dead_letters": .integer(Int64(task?.counters.refused ?? 0)), "seconds": .number(seconds),
            "records_per_second": .number(recordsPerSecond),
            "metrics": .object(JSONObject(named.map { ($0.name, .number($0.value)) })),
            "latency_ms": [
                "p50": .number(latency.milliseconds(atPercentile: 50)),
                "p99": .number(latency.milliseconds(atPercentile: 99)),
            ],
            "alerts": .array(alerts.map(\.json)), "snapshots": .array(snapshots.map { .string($0) }),
        ]
    }

    var lines: [String] {
        var lines = [
            "\((task?.counters.consumed ?? 0).grouped) records in \(String(format: "%.2f", seconds)) s"
                + " (\(Int(recordsPerSecond).grouped)/s), \((task?.counters.refused ?? 0).grouped) dead letters"
        ]
        lines += named.map { metric in
            "  " + metric.name.padding(toLength: 16, withPad: " ", startingAt: 0) + String(format: "%.4f", metric.value)
        }
        lines.append(
            String(
                format: "  latency         p50 %.1f ms, p99 %.1f ms, from the producer to the prediction",
                latency.milliseconds(atPercentile: 50), latency.milliseconds(atPercentile: 99)))
        let byDetector = Dictionary(grouping: alerts) { "\($0.signal) (\($0.detector ?? ""))" }
        for (name, alerts) in byDetector.sorted(by: { $0.key < $1.key }) {
            let shown = alerts.prefix(8).map { $0.record.grouped }.joined(separator: " ")
            lines.append(
                "  drift alarms    \(alerts.count) on \(name) at records \(shown)\(alerts.count > 8 ? " …" : "")")
        }
        for path in snapshots { lines.append("  snapshot        \(path)") }
        let newest = snapshots.first ?? "SNAPSHOT"
        return lines + [
            "", "Next:", "  \(Self.program) snapshots show \(newest)", "  \(Self.program) demo --rate 2000",
            "  \(Self.program) check --config Deploy/millrace.yaml --offline --verbose",
        ]
    }
}
