internal import ArgumentParser
internal import DatasetFiles
internal import Foundation
internal import JSONTree
internal import OnlineLearning
internal import Settings
internal import StreamTasks

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Run the pipeline over a file, without a broker: test, then train, record by record.",
        discussion: """
            With --partitions the records are dealt to so many tasks in turn, each with a model of its own, or with one
            that they share, as model.scope says; the metrics are over all of them together.

            Examples:
              millrace evaluate electricity.csv.gz --label class --config millrace.yaml
              millrace evaluate records.jsonl --config millrace.yaml --json
              millrace evaluate digits.csv.gz --label digit --config digits.yaml --passes 10 --shuffle 1
              millrace evaluate records.jsonl --config millrace.yaml --partitions 8 --set model.scope=shared
            """)

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var dataset: DatasetOptions
    @Option(name: .long, help: "Tasks that the records are dealt to in turn, 1 to 1024.") var partitions = 1
    @Option(
        name: .long,
        help:
            "Records, over all partitions, until what a model tells the others reaches them, as a broker takes its time."
    )
    var mixDelay = 0
    @Option(name: .long, help: "How often the file is read; more than once it is kept in memory.") var passes = 1
    @Option(
        name: .long,
        help:
            "Shuffles the records of each pass, from this seed: the same order on every machine. They are kept in memory."
    )
    var shuffle: UInt64?
    @Flag(name: .long, help: "Print one JSON object.") var json = false

    func validate() throws {
        if !(1...10_000).contains(passes) { throw ValidationError("--passes is 1 to 10000") }
        if !(1...1024).contains(partitions) { throw ValidationError("--partitions is 1 to 1024") }
        if mixDelay < 0 { throw ValidationError("--mix-delay is 0 or more") }
    }

    func run() throws {
        let settings = try settings.load()
        var reader = try dataset.open(vectors: settings.vectorColumns, numbers: settings.numberColumns)
        var run = try OfflineRun(settings, partitions: partitions, mixDelay: mixDelay)
        var bar = ProgressBar(dataset.file)
        let started = Date()
        if passes > 1 || shuffle != nil {
            let records = try KeptRecords(&reader)
            for pass in 0..<passes {
                for number in records.order(pass: pass, shuffle: shuffle) {
                    records.withRecord(number) { run.process($0) }
                    let share = Double(run.records) / Double(passes * records.count)
                    if run.records % 4096 == 0 { bar.update(share, records: run.records) }
                }
            }
        } else {
            while let value = try reader.next() {
                run.process(value)
                if run.records % 4096 == 0 {
                    bar.update(Double(reader.bytesRead) / Double(max(reader.byteCount, 1)), records: run.records)
                }
            }
        }
        bar.finish()
        let seconds = Date().timeIntervalSince(started)
        if json {
            Output.json(run.json(seconds: seconds))
        } else {
            for line in run.lines(seconds: seconds) { print(line) }
        }
        if run.counters.predicted == 0 {
            Output.note("no record was accepted\(run.sink.firstReason.map { ": \($0)" } ?? "")")
            throw ExitCode.failure
        }
    }
}

extension OfflineRun {
    fileprivate var figures: [(name: String, value: Double)] {
        (meanLoss.map { [("loss", $0)] } ?? []) + overall.named
    }

    fileprivate func json(seconds: Double) -> JSONValue {
        [
            "records": .integer(Int64(counters.consumed)), "predictions": .integer(Int64(counters.predicted)),
            "dead_letters": .integer(Int64(counters.refused)), "learned": .integer(Int64(counters.learned)),
            "partitions": .integer(Int64(partitions)), "mixes": .integer(Int64(sink.mixes)),
            "seconds": .number(seconds),
            "metrics": .object(JSONObject(figures.map { ($0.name, .number($0.value)) })),
            "alerts": .array(sink.alerts.map(\.json)),
        ]
    }

    fileprivate func lines(seconds: Double) -> [String] {
        var lines = [
            "records       \(counters.consumed.grouped)",
            "learned       \(counters.learned.grouped)",
            "dead letters  \(counters.refused.grouped)\(sink.firstReason.map { "  (first: \($0))" } ?? "")",
            String(format: "seconds       %.3f", seconds),
            "records/s     \(Int(Double(counters.consumed) / max(seconds, 1e-9)).grouped)",
        ]
        if partitions > 1 {
            lines += ["partitions    \(partitions)", "mix messages  \(sink.mixes.grouped)"]
        }
        lines += figures.map { figure in
            figure.name.padding(toLength: 14, withPad: " ", startingAt: 0) + String(format: "%.4f", figure.value)
        }
        return lines + ["alerts        \(sink.alerts.count)"]
            + sink.alerts.map { alert in
                let place = partitions > 1 ? "partition \(alert.partition) record" : "record"
                return
                    "  \(place) \(alert.output.record.grouped)  \(alert.output.signal)  \(alert.output.detector ?? "")"
            }
    }
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
