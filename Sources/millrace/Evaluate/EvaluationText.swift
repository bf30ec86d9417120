internal import Foundation
internal import JSONTree
internal import OnlineLearning
internal import Settings
internal import StreamTasks

/// What an evaluation prints: for people and for machines.
struct EvaluationText {
    let evaluation: Evaluation
    let seconds: Double
    /// Whether every metric is shown, class by class and over the last window, too.
    var isDetailed = false

    // MARK: - For machines

    /// One object; of several pipelines with one for each and their comparison.
    var json: JSONValue {
        if evaluation.pipelines.count == 1 { return .object(object(evaluation.pipelines[0])) }
        return [
            "records": .integer(Int64(evaluation.records)), "seconds": .number(seconds),
            "runs": .array(
                evaluation.pipelines.map { pipeline in
                    var object = object(pipeline)
                    object["name"] = .string(pipeline.name)
                    return .object(object)
                }),
            "comparison": evaluation.contest?.json ?? .null,
        ]
    }

    private func object(_ pipeline: Evaluation.Pipeline) -> JSONObject {
        let counters = pipeline.run.counters
        return JSONObject([
            ("records", .integer(Int64(counters.consumed))), ("predictions", .integer(Int64(counters.predicted))),
            ("dead_letters", .integer(Int64(counters.refused))), ("learned", .integer(Int64(counters.learned))),
            ("partitions", .integer(Int64(pipeline.run.partitions))),
            ("mixes", .integer(Int64(pipeline.run.sink.mixes))), ("seconds", .number(seconds)),
            ("metrics", .object(JSONObject(pipeline.run.figures.map { ($0.name, .number($0.value)) }))),
            (
                "intervals",
                .object(JSONObject(pipeline.run.intervals.map { ($0.name, [.number($0.lower), .number($0.upper)]) }))
            ),
            ("detailed", detailed(pipeline.run)),
            ("segments", segments(pipeline.run)),
            ("estimates", estimates(pipeline.run.estimates)),
            ("alerts", .array(pipeline.run.sink.alerts.map(\.json))),
        ])
    }

    /// Every metric by its scope: over all records and, of one task, over the last window and faded.
    private func detailed(_ run: borrowing OfflineRun) -> JSONValue {
        let scopes = run.scopes.map { scope in
            (scope.name, object(scope.values.detailed))
        }
        return .object(JSONObject(scopes))
    }

    /// Null where none are declared.
    private func segments(_ run: borrowing OfflineRun) -> JSONValue {
        let segments = run.segments
        if segments.isEmpty { return .null }
        return .array(
            segments.map { segment in
                [
                    "segment": .string(segment.name), "records": .integer(Int64(segment.values.records)),
                    "metrics": object(segment.values.detailed),
                ]
            })
    }

    private func object(_ metrics: [MetricValues.Named]) -> JSONValue {
        .object(JSONObject(metrics.map { ($0.name, .number($0.value)) }))
    }

    /// By scope, where labels were held back; else null.
    private func estimates(_ all: [PerformanceEstimate]) -> JSONValue {
        if all.isEmpty { return .null }
        return .object(
            JSONObject(
                PerformanceEstimate.Scope.allCases.map { scope in
                    let values = all.filter { $0.scope == scope }.map { ($0.metric, JSONValue.number($0.value)) }
                    return (scope.rawValue, .object(JSONObject(values)))
                }))
    }

    // MARK: - For people

    var lines: [String] { evaluation.pipelines.count == 1 ? alone(evaluation.pipelines[0].run) : sideBySide }

    private func alone(_ run: borrowing OfflineRun) -> [String] {
        let counters = run.counters
        var lines = [
            "records       \(counters.consumed.grouped)",
            "learned       \(counters.learned.grouped)",
            "dead letters  \(counters.refused.grouped)\(run.sink.firstReason.map { "  (first: \($0))" } ?? "")",
            String(format: "seconds       %.3f", seconds),
            "records/s     \(Int(Double(counters.consumed) / max(seconds, 1e-9)).grouped)",
        ]
        if run.partitions > 1 {
            lines += ["partitions    \(run.partitions)", "mix messages  \(run.sink.mixes.grouped)"]
        }
        let figures = run.figures
        let width = max(14, (figures.map(\.name.count).max() ?? 0) + 2)
        let intervals = run.intervals
        lines += figures.map { figure in
            let interval = intervals.first { $0.name == figure.name }.map {
                String(format: "  [%.4f, %.4f]", $0.lower, $0.upper)
            }
            return figure.name.padding(toLength: width, withPad: " ", startingAt: 0)
                + String(format: "%.4f", figure.value) + (interval ?? "")
        }
        if isDetailed { lines += ["", "every metric"] + MetricTable(run.scopes).lines }
        let segments = run.segments
        if !segments.isEmpty { lines += ["", "segments"] + MetricTable(segments).lines + [""] }
        lines += run.estimates.filter { $0.scope == .labelled }.compactMap { told in
            run.estimates.first { $0.scope == .realized && $0.metric == told.metric }.map { came in
                told.metric
                    + String(
                        format: " of the last labels: estimated %.4f before they came, and was %.4f", told.value,
                        came.value)
            }
        }
        let partitions = run.partitions
        return lines + ["alerts        \(run.sink.alerts.count)"]
            + run.sink.alerts.map { alert in
                let place = partitions > 1 ? "partition \(alert.partition) record" : "record"
                return
                    "  \(place) \(alert.output.record.grouped)  \(alert.output.signal)  \(alert.output.detector ?? "")"
            }
    }

    /// A column for each pipeline.
    private var sideBySide: [String] {
        let pipelines = evaluation.pipelines
        let figures = pipelines.map { $0.run.figures }
        var names: [String] = []
        for name in figures.flatMap({ $0.map(\.name) }) where !names.contains(name) { names.append(name) }
        var rows: [(String, [String])] = [
            ("", pipelines.map(\.name)), ("model", pipelines.map(\.settings.settings.modelKind)),
            ("learned", pipelines.map { $0.run.counters.learned.grouped }),
            ("dead letters", pipelines.map { $0.run.counters.refused.grouped }),
        ]
        rows += names.map { name in
            (
                name,
                figures.map { all in
                    all.first { $0.name == name }.map { String(format: "%.4f", $0.value) } ?? "-"
                }
            )
        }
        rows.append(("alerts", pipelines.map { "\($0.run.sink.alerts.count)" }))
        let widths = pipelines.indices.map { column in rows.map { $0.1[column].count }.max() ?? 0 }
        let first = max(14, (rows.map(\.0.count).max() ?? 0) + 2)
        var lines = [
            "records       \(evaluation.records.grouped)",
            String(format: "seconds       %.3f", seconds), "",
        ]
        lines += rows.map { name, cells in
            name.padding(toLength: first, withPad: " ", startingAt: 0)
                + zip(cells, widths).map { $0.leftPadded(to: $1) }.joined(separator: "  ")
        }
        for pipeline in pipelines {
            if let reason = pipeline.run.sink.firstReason {
                lines.append("\(pipeline.name): the first dead letter: \(reason)")
            }
        }
        return lines + (evaluation.contest?.sentence.map { ["", $0] } ?? [])
    }
}

extension OfflineRun {
    /// Over which records metrics are.
    var scopes: [(name: String, values: MetricValues)] {
        let recent = recent.map { [("windowed", $0.windowed), ("faded", $0.faded)] } ?? []
        return [("overall", overall)] + recent
    }

    /// Metrics by their names, in the order in which they are shown.
    var figures: [(name: String, value: Double)] { (meanLoss.map { [("loss", $0)] } ?? []) + overall.named }
}

extension OfflineSink.Alert {
    fileprivate var json: JSONValue {
        var object = output.json.objectValue ?? JSONObject()
        object["partition"] = .integer(Int64(partition))
        return .object(object)
    }
}

extension DriftOutput {
    /// As `--json` prints an alert.
    var json: JSONValue {
        [
            "signal": .string(signal), "detector": detector.map { .string($0) } ?? .null,
            "record": .integer(Int64(record)),
        ]
    }
}
