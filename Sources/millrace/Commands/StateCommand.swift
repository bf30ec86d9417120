internal import ArgumentParser
internal import Foundation
internal import JSONTree
internal import Records
internal import Settings
internal import Snapshots
internal import StreamService
internal import StreamTasks

struct StateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "state", abstract: "What did the model know when it made that prediction?",
        discussion: """
            Examples:
              millrace state rebuild --config millrace.yaml --partition 0 --offset 31415
            """,
        subcommands: [RebuildState.self])
}

struct RebuildState: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract:
            "Rebuild a task's exact state as it stood before the record at an offset, and write it as a snapshot.",
        discussion: """
            It takes the nearest older snapshot and replays the records from there, silently. It joins no group and commits
            nothing, so it may run beside the pipeline. A prediction's header `millrace-input` names the partition and the
            offset: the state that is rebuilt there is the one that made the prediction.

            Where tasks share a model (model.scope: shared), the journal tells what was heard of the others before that
            record. Such a file is for looking at and predicting with: a pipeline doesn't start from it, because its place
            may be within a commit.

            Examples:
              millrace state rebuild --config millrace.yaml --partition 0 --offset 31415
              millrace state rebuild --config millrace.yaml --partition 0 --offset 31415 --output then.safetensors --json
            """)

    @OptionGroup var settings: SettingsOptions

    @Option(help: "The task's partition of the features topic.")
    var partition: Int32

    @Option(help: "The offset of the first record that the state must not know.")
    var offset: Int64

    @Option(
        help:
            "The file to write; one that is there already is left alone. <pipeline>-<partition>-<offset>.safetensors by default."
    )
    var output: String?

    @Flag(name: .long, help: "Print one JSON object.") var json = false

    func validate() throws {
        if partition < 0 || offset < 0 { throw ValidationError("--partition and --offset are 0 or more") }
    }

    func run() throws {
        let settings = try settings.load()
        let path = output ?? "\(settings.pipeline)-\(partition)-\(offset).safetensors"
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandError("\(path) is there already; name another file with --output")
        }
        let partitions = try checkedPartitions(settings)
        let started = Date()
        let rebuild = StateRebuild(
            settings, properties: settings.readerProperties, stores: SnapshotStores(settings)
        ) { path, reason in Output.note("snapshot passed over: \(path): \(reason)") }
        var bar = ProgressBar("\(settings.topics.features)/\(partition) → \(offset)")
        let rebuilt = try rebuild.rebuild(
            partition: partition, of: partitions, at: NextOffset(offset),
            writtenAt: Int64(started.timeIntervalSince1970 * 1000)
        ) { done, total in bar.update(Double(done) / Double(max(total, 1)), records: Int(done)) }
        bar.finish()
        try rebuilt.snapshot.write(to: path)
        let written = try Snapshot(contentsOf: path)
        if json { return Output.json(report(rebuilt, written, path, seconds: Date().timeIntervalSince(started))) }
        for (name, value) in lines(rebuilt, written, path) {
            print("\(name.padding(toLength: 12, withPad: " ", startingAt: 0))\(value)")
        }
    }

    /// How many partitions there are, and the one that is meant among them.
    private func checkedPartitions(_ settings: PipelineSettings) throws -> Int {
        let topic = settings.topics.features
        guard let count = try BrokerTopics(settings).partitionCounts()[topic] else {
            throw CommandError("there is no topic \(topic)")
        }
        guard partition < count else {
            throw CommandError("\(topic) has the partitions 0 to \(count - 1); there is no \(partition)")
        }
        return count
    }

    private func lines(
        _ rebuilt: StateRebuild.Rebuilt, _ written: Snapshot, _ path: String
    ) -> [(name: String, value: String)] {
        let metadata = written.metadata
        return [
            ("file", path),
            ("position", metadata.positions.map(\.description).joined(separator: " ")),
            ("records", "\(metadata.recordsConsumed.grouped), \(metadata.recordsLearned.grouped) of them learned"),
            ("from", rebuilt.origin.map { "\($0.path) at \($0.position)" } ?? "the beginning"),
            ("replayed", "\(rebuilt.replayed.grouped) records"),
            ("checksum", metadata.checksum),
        ]
    }

    private func report(
        _ rebuilt: StateRebuild.Rebuilt, _ written: Snapshot, _ path: String, seconds: Double
    ) -> JSONValue {
        let metadata = written.metadata
        return [
            "path": .string(path), "partition": .integer(Int64(partition)), "offset": .integer(offset),
            "records": .integer(Int64(clamping: metadata.recordsConsumed)),
            "learned": .integer(Int64(clamping: metadata.recordsLearned)),
            "from": rebuilt.origin.map { ["path": .string($0.path), "position": .integer($0.position.rawValue)] }
                ?? .null,
            "replayed": .integer(Int64(clamping: rebuilt.replayed)), "seconds": .number(seconds),
            "checksum": .string(metadata.checksum),
        ]
    }
}
