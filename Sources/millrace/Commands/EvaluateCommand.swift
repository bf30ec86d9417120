internal import ArgumentParser
internal import Foundation
internal import Records
internal import Reports
internal import OnlineLearning
internal import Settings
internal import StreamTasks

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Run pipelines over a file or a topic's records: test, then train, record by record.",
        discussion: """
            Nothing is written but the report: no prediction, no snapshot, no commit. With several settings files all
            pipelines see the same records, and a paired sequential test says which one is better. With --partitions the
            records are dealt to so many tasks in turn, each with a model of its own, or with one that they share, as
            model.scope says; the metrics are over all of them together.

            Examples:
              millrace evaluate electricity.csv.gz --label class --config millrace.yaml
              millrace evaluate electricity.csv.gz --label class --report report.html
              millrace evaluate electricity.csv.gz --label class --config logistic.yaml --config forest.yaml
              millrace evaluate records.jsonl --config millrace.yaml --json
              millrace evaluate --topic electricity.features --from 10000 --to latest --config millrace.yaml
              millrace evaluate digits.csv.gz --label digit --config digits.yaml --passes 10 --shuffle 1
              millrace evaluate records.jsonl --config millrace.yaml --partitions 8 --set model.scope=shared
            """)

    @Argument(help: DatasetOptions.fileHelp) var file: String?
    @OptionGroup var settings: ComparedSettings
    @OptionGroup var dataset: DatasetOptions
    @OptionGroup var topic: TopicOptions
    @Option(name: .long, help: "Tasks that the records are dealt to in turn, 1 to 1024.") var partitions = 1
    @Option(
        name: .long,
        help:
            "Records, over all partitions, until what a model tells the others reaches them, as a broker takes its time."
    )
    var mixDelay = 0
    @Option(
        name: .long,
        help:
            "Records, over all partitions, until a label comes; its prediction waits with the input that it was made from."
    )
    var labelDelay = 0
    @Option(name: .long, help: "How often the file is read; more than once it is kept in memory.") var passes = 1
    @Option(
        name: .long,
        help:
            "Shuffles the records of each pass, from this seed: the same order on every machine. They are kept in memory."
    )
    var shuffle: UInt64?
    @Option(
        name: .long,
        help:
            "What several pipelines are compared by. By default log-loss where there are classes, else absolute-error."
    )
    var by: Criterion?
    @Option(name: .long, help: ArgumentHelp("Writes a page with plots, complete in one file.", valueName: "file.html"))
    var report: String?
    @Flag(name: .long, help: "Print every metric, of each class, over the last window and faded, too.") var detailed =
        false
    @Flag(name: .long, help: "Print one JSON object.") var json = false

    func validate() throws {
        if (file == nil) == (topic.topic == nil) {
            throw ValidationError("evaluate takes a file or --topic, one of them")
        }
        if !(1...10_000).contains(passes) { throw ValidationError("--passes is 1 to 10000") }
        if topic.topic != nil, passes > 1 || shuffle != nil {
            throw ValidationError("--passes and --shuffle go with a file: a topic is read once, in its order")
        }
        if !(1...1024).contains(partitions) { throw ValidationError("--partitions is 1 to 1024") }
        if mixDelay < 0 { throw ValidationError("--mix-delay is 0 or more") }
        if !(0...OfflineRun.longestLabelDelay).contains(labelDelay) {
            throw ValidationError("--label-delay is 0 to \(OfflineRun.longestLabelDelay) records")
        }
    }

    func run() throws {
        let all = try settings.load()
        let target = all[0].settings.target
        if labelDelay > 0, all.contains(where: { $0.settings.history.map { $0.category == nil } == true }) {
            throw CommandError(
                "--label-delay joins records by their number, and history goes by their key; name a category with history.by"
            )
        }
        if let by, !by.suits(target) {
            throw CommandError("--by \(by.rawValue) doesn't suit the target; leave it out for the one that does")
        }
        if let report { try checkFolder(of: report) }
        let evaluation = Evaluation(
            try all.map { named in
                Evaluation.Pipeline(
                    named,
                    run: try OfflineRun(
                        named.settings, partitions: partitions, mixDelay: mixDelay, labelDelay: labelDelay,
                        keepsHistory: report != nil))
            }, by: by ?? Criterion.suited(to: target))
        let started = Date()
        let source = try feed(evaluation)
        evaluation.finish()
        let seconds = Date().timeIntervalSince(started)
        if let report {
            try write(evaluation.report(source: source).html(), to: report)
            Output.note("report: \(report)")
        }
        let text = EvaluationText(evaluation: evaluation, seconds: seconds, isDetailed: detailed)
        if json {
            Output.json(text.json)
        } else {
            for line in text.lines { print(line) }
        }
        let empty = evaluation.pipelines.filter { $0.run.counters.predicted == 0 }
        for pipeline in empty {
            let reason = pipeline.run.sink.firstReason.map { ": \($0)" } ?? ""
            Output.note("\(empty.count > 1 ? "\(pipeline.name): " : "")no record was accepted\(reason)")
        }
        if !empty.isEmpty { throw ExitCode.failure }
    }

    /// Before the work, not after it.
    private func checkFolder(of path: String) throws {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw CommandError("--report \(path): \(folder) isn't there or can't be written to")
        }
    }

    private func write(_ page: String, to path: String) throws {
        do {
            try Data(page.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw CommandError("--report \(path) can't be written: \(error.localizedDescription)")
        }
    }

    /// Gives all records to the pipelines.
    /// - Returns: what they were, in words.
    private func feed(_ evaluation: Evaluation) throws -> String {
        if let topic = topic.topic {
            let records = try TopicRecords(self.topic, topic: topic, evaluation.pipelines[0].settings.settings)
            var bar = ProgressBar(records.title)
            defer { bar.finish() }
            try records.forEach { record, share in
                evaluation.process(record)
                if evaluation.records % 256 == 0 { bar.update(share, records: evaluation.records) }
            }
            return records.title
        }
        let path = file ?? ""
        let records = try FileRecords(
            path, dataset, evaluation.pipelines.map { ColumnRoles($0.settings.settings) })
        var bar = ProgressBar(path)
        defer { bar.finish() }
        func take(_ views: [UnsafeRawBufferPointer], _ share: Double) {
            evaluation.process { place in
                InputRecord(
                    key: nil, value: records.view(views, for: place), timestamp: -1, partition: 0, offset: 0)
            }
            if evaluation.records % 256 == 0 { bar.update(share, records: evaluation.records) }
        }
        if passes > 1 || shuffle != nil {
            try records.forEach(passes: passes, shuffle: shuffle, take)
        } else {
            try records.forEach(take)
        }
        return URL(filePath: path).lastPathComponent + (passes > 1 ? ", \(passes) passes" : "")
            + (shuffle == nil ? "" : ", shuffled")
    }
}
