internal import ArgumentParser
internal import DatasetFiles
internal import Foundation
internal import JSONTree
internal import OnlineLearning
internal import RecordCodecs
internal import Records
internal import Settings
internal import StreamTasks

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Run the pipeline over a file, without a broker: test, then train, record by record.",
        discussion: """
            Examples:
              millrace evaluate electricity.csv.gz --label class --config millrace.yaml
              millrace evaluate records.jsonl --config millrace.yaml --json
            """)

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var dataset: DatasetOptions
    @Flag(name: .long, help: "Print one JSON object.") var json = false

    func run() throws {
        let settings = try settings.load()
        var reader = try dataset.open()
        var run = OfflineRun(try StreamTask(settings, partition: 0, position: NextOffset(0)))
        var bar = ProgressBar(dataset.file)
        let started = Date()
        var offset: Int64 = 0
        while let value = try reader.next() {
            run.process(
                InputRecord(key: nil, value: value, timestamp: -1, partition: 0, offset: offset))
            offset += 1
            if offset % 4096 == 0 {
                bar.update(Double(reader.bytesRead) / Double(max(reader.byteCount, 1)), records: Int(offset))
            }
        }
        bar.finish()
        let seconds = Date().timeIntervalSince(started)
        if json {
            Output.json(run.json(seconds: seconds))
        } else {
            for line in run.lines(seconds: seconds) { print(line) }
        }
        if offset == 0 || run.task.counters.predicted == 0 {
            Output.note("no record was accepted\(run.sink.firstReason.map { ": \($0)" } ?? "")")
            throw ExitCode.failure
        }
    }
}

/// A task and what it said, over a whole file.
struct OfflineRun: ~Copyable {
    var task: StreamTask
    var sink = EvaluationSink()

    init(_ task: consuming StreamTask) { self.task = task }

    mutating func process(_ record: InputRecord) { task.process(record, into: &sink) }

    func json(seconds: Double) -> JSONValue {
        [
            "records": .integer(Int64(task.counters.consumed)),
            "predictions": .integer(Int64(task.counters.predicted)),
            "dead_letters": .integer(Int64(task.counters.refused)),
            "learned": .integer(Int64(task.counters.learned)), "seconds": .number(seconds),
            "metrics": .object(JSONObject(task.evaluation.overall.named.map { ($0.name, .number($0.value)) })),
            "alerts": .array(sink.alerts.map(\.json)),
        ]
    }

    func lines(seconds: Double) -> [String] {
        var lines = [
            "records       \(task.counters.consumed.grouped)",
            "learned       \(task.counters.learned.grouped)",
            "dead letters  \(task.counters.refused.grouped)\(sink.firstReason.map { "  (first: \($0))" } ?? "")",
            String(format: "seconds       %.3f", seconds),
            "records/s     \(Int(Double(task.counters.consumed) / max(seconds, 1e-9)).grouped)",
        ]
        lines += task.evaluation.overall.named.map { metric in
            metric.name.padding(toLength: 14, withPad: " ", startingAt: 0) + String(format: "%.4f", metric.value)
        }
        return lines + ["alerts        \(sink.alerts.count)"]
            + sink.alerts.map { "  record \($0.record.grouped)  \($0.signal)  \($0.detector ?? "")" }
    }
}

/// Keeps alerts and the first refusal; predictions are only made.
struct EvaluationSink: OutputSink {
    var alerts: [DriftOutput] = []
    var firstReason: String?

    var isSilent: Bool { false }

    mutating func emitPrediction(_ value: UnsafeRawBufferPointer, for record: InputRecord, timestamp: Int64) {}

    mutating func emitDrift(_ output: DriftOutput, for record: InputRecord) {
        if output.isAlert { alerts.append(output) }
    }

    mutating func emitMix(_ message: UnsafeRawBufferPointer, for record: InputRecord) {}

    mutating func emitDeadLetter(for record: InputRecord, reason: DecodeReason, stage: StaticString) {
        if firstReason == nil { firstReason = "record \(record.offset + 1): \(reason.className): \(reason.message)" }
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
