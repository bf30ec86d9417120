internal import ArgumentParser
internal import Foundation
internal import OnlineLearning
internal import Records
internal import Settings
internal import Snapshots
internal import StreamTasks

struct SnapshotBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshots",
        abstract: "How long does copying the state stop the stream, and how fast is a snapshot kept and restored?",
        discussion: """
            The copy is what a worker's thread does; all else happens elsewhere. The embedded broker keeps about 5 MB a \
            partition, so the topic's rows have a state of 1 MiB there; give --brokers for the whole size.

            Examples:
              millrace bench snapshots
              millrace bench snapshots --brokers localhost:9092 --runs 20
            """)

    @OptionGroup var options: BenchOptions

    @Option(help: "Size of the state.")
    var mebibytes = 10

    @Option(help: "How many snapshots are taken, kept and restored; the newest three stay.")
    var runs = 10

    func validate() throws {
        if runs < 1 || !(1...1_024).contains(mebibytes) {
            throw ValidationError("--runs is 1 or more, --mebibytes 1 to 1024")
        }
    }

    func run() throws {
        let broker = try BenchBroker(options.brokers)
        defer { broker.removeTopics() }
        let name = "millrace-bench-\(ProcessInfo.processInfo.processIdentifier)"
        let folder = FileManager.default.temporaryDirectory.appending(path: name)
        defer { try? FileManager.default.removeItem(at: folder) }
        var settings = try BenchPipeline.electricity.settings(
            name: name, kafka: broker.properties.merging(options.properties()) { $1 }, directory: folder.path)
        var table = BenchTable(
            "snapshots: \(broker.name), medians of \(runs) of each, in milliseconds",
            columns: [
                .init(key: "store", title: "store"), .init(key: "mebibytes", title: "MiB"),
                .init(key: "copy_ms", title: "copy", decimals: 1),
                .init(key: "copy_worst_ms", title: "worst", decimals: 1),
                .init(key: "copy_goal", title: "≤ 50"), .init(key: "encode_ms", title: "encode", decimals: 1),
                .init(key: "publish_ms", title: "publish", decimals: 1),
                .init(key: "retain_ms", title: "retain", decimals: 1),
                .init(key: "restore_ms", title: "restore", decimals: 1),
                .init(key: "restore_worst_ms", title: "worst", decimals: 1),
                .init(key: "restore_goal", title: "≤ 5,000"),
            ])
        for store in SnapshotSettings.Store.allCases {
            settings.snapshots.store = store
            let size = store == .topic && broker.isEmbedded ? 1 : mebibytes
            if store == .topic { try broker.createSnapshotsTopic(settings) }
            let trial = try SnapshotTrial(settings, mebibytes: size)
            var rounds: [SnapshotTrial.Round] = []
            for number in 1...runs { rounds.append(try trial.round(UInt64(number))) }
            table.add(Self.row(store, mebibytes: size, rounds))
        }
        table.notes = [
            "copy: the state into an archive, which is all that a worker's thread does. encode: the archive into a file's bytes.",
            "publish: encode, write, acknowledge or sync, read back. retain: remove all but three. restore: with clients of its",
            "own, find the newest, read, verify, and take it over into a model.",
        ]
        table.print(json: options.json)
    }

    private static func row(
        _ store: SnapshotSettings.Store, mebibytes: Int, _ rounds: [SnapshotTrial.Round]
    ) -> [BenchTable.Cell] {
        let copies = rounds.map(\.copy)
        let restores = rounds.map(\.restore)
        let worst = (copy: copies.max() ?? .nan, restore: restores.max() ?? .nan)
        return [
            .text(store.rawValue), .number(Double(mebibytes)), .number(copies.median), .number(worst.copy),
            .goal(isMet: worst.copy <= 50), .number(rounds.map(\.encode).median), .number(rounds.map(\.publish).median),
            .number(rounds.map(\.retain).median), .number(restores.median), .number(worst.restore),
            .goal(isMet: worst.restore <= 5_000),
        ]
    }
}

/// A model of a given size whose state is copied, kept and restored, over and over.
private struct SnapshotTrial: ~Copyable {
    /// Milliseconds of each step.
    struct Round {
        var copy: Double
        var encode: Double
        var publish: Double
        var retain: Double
        var restore: Double
    }

    private let settings: PipelineSettings
    private let stores: SnapshotStores
    private let model: LinearModel

    private static let prefix = "model"
    private static let keep = 3

    /// - Parameter mebibytes: of weights and of Adam's two moments.
    init(_ settings: PipelineSettings, mebibytes: Int) throws {
        self.settings = settings
        stores = SnapshotStores(settings)
        var model = Self.model(mebibytes)
        var state = StateArchive()
        model.save(to: &state, under: Self.prefix)
        // Numbers that no compressor makes smaller.
        var random = SystemRandomNumberGenerator()
        for name in state.names {
            guard let tensor = state[name], tensor.element == .float32 else { continue }
            let count = tensor.bytes.count / tensor.element.size
            state.put(name, floats: (0..<count).map { _ in Float.random(in: 0...1, using: &random) })
        }
        try model.restore(from: state, under: Self.prefix)
        self.model = model
    }

    private static func model(_ mebibytes: Int) -> LinearModel {
        LinearModel(
            LinearModelConfiguration(
                featureCount: (mebibytes << 20) / (3 * MemoryLayout<Float>.size) - 1, target: .regression,
                optimizer: OptimizerConfiguration(kind: .adam)))
    }

    func round(_ number: UInt64) throws -> Round {
        let store = stores.store(for: 0)
        let (copy, state) = Self.timed {
            var state = StateArchive()
            model.save(to: &state, under: Self.prefix)
            return state
        }
        let snapshot = Snapshot(
            metadata: SnapshotMetadata(
                pipeline: settings.pipeline, settings: [], settingsDigest: settings.digest, features: [],
                positions: [
                    RecordPosition(topic: settings.topics.features, partition: 0, next: NextOffset(Int64(number)))
                ],
                recordsConsumed: number, recordsSeen: number, recordsLearned: number,
                writtenAt: Int64(Date().timeIntervalSince1970 * 1000), library: BuildFacts.library, blasCore: ""),
            state: state)
        let (encode, _) = Self.timed { SnapshotFormat.encode(snapshot).count }
        let (publish, _) = try Self.timed { try store.publish(snapshot) }
        let (retain, failures) = Self.timed { store.retain(newest: Self.keep) }
        if let failure = failures.first { throw failure }
        let (restore, found) = try Self.timed { try restored() }
        guard found == state else { throw CommandError("what was restored isn't what was kept") }
        return Round(copy: copy, encode: encode, publish: publish, retain: retain, restore: restore)
    }

    /// As a process that has just started does it.
    private func restored() throws -> StateArchive? {
        var rejected: SnapshotError?
        let snapshot = try SnapshotStores(settings).store(for: 0).newestVerified(
            atOrBefore: { _ in true }, rejected: { _, error in rejected = error })
        if let rejected { throw rejected }
        guard let snapshot else { return nil }
        var model = LinearModel(model.configuration)
        try model.restore(from: snapshot.state, under: Self.prefix)
        return snapshot.state
    }

    private static func timed<Value>(_ body: () throws -> Value) rethrows -> (milliseconds: Double, value: Value) {
        let started = ProcessFigures.nanoseconds(of: CLOCK_MONOTONIC)
        let value = try body()
        return (Double(ProcessFigures.nanoseconds(of: CLOCK_MONOTONIC) - started) / 1e6, value)
    }
}
