import Foundation
import Settings
import StreamTestSupport
import TestSupport
import Testing

/// One pipeline that a test feeds and maltreats; in the end everything it left behind is checked.
final class DeliveryTrial {
    /// Where snapshots are, and whether the tasks have other inputs: what adds steps at which a process can die.
    enum Kind: CaseIterable {
        case plain, snapshotsInTopic, sharedModel, lateLabels

        var isJournaled: Bool { self == .sharedModel || self == .lateLabels }
    }

    let promise: DeliveryCheck.Promise
    let kind: Kind
    let pipeline: Pipeline
    let feeder: Feeder
    /// What is broken on purpose, as in `MILLRACE_BREAK`, to see that the check finds it.
    let breakage: String?
    /// Records that others than the feeder have written and committed.
    var written = 0
    private let partitions: Int
    private var seed: UInt64
    private var faults: [LabelFaults]
    private var processes: [ChildProcess] = []
    /// What happened, one line an event, to find the one that an offset belongs to.
    private(set) var diary: [String] = []

    private static let every = "25 records"

    /// - Parameters:
    ///   - instance: makes the members that use the first settings file static.
    ///   - own: gives it a broker of its own. The tests' keeps all its data in one file and slows down with them.
    init(
        _ promise: DeliveryCheck.Promise, _ kind: Kind = .plain, partitions: Int = 2,
        seed: UInt64 = .random(in: 0...UInt64.max / 2), instance: String? = nil, breakage: String? = nil,
        own: Bool = false
    ) throws {
        self.promise = promise
        self.kind = kind
        self.partitions = partitions
        self.seed = seed
        self.breakage = breakage
        faults = (0..<partitions).map { LabelFaults(seed: seed &+ UInt64($0), prefix: "p\($0)") }
        print("the trial's seed is \(seed)")
        pipeline = try Pipeline(
            partitions: partitions, more: Self.settings(promise, kind), instance: instance, every: Self.every,
            store: kind == .snapshotsInTopic ? "topic" : "directory", broker: own ? ExternalBroker() : nil)
        feeder = try Feeder(pipeline)
    }

    /// Commits come often, so that there is much to be torn.
    private static func settings(_ promise: DeliveryCheck.Promise, _ kind: Kind) -> String {
        "delivery: \(promise == .exactlyOnce ? "exactly-once" : "at-least-once")\ncommit: {interval: 10 ms}"
            + (kind == .sharedModel ? "\nmodel.scope: shared" : "") + (kind == .lateLabels ? "\n" + lateLabels : "")
    }

    /// Small, so that everything that can become of a label does.
    static let lateLabels =
        "topics.labels: <pipeline>.labels\nlabels: {wait: 10s, pending: 60, early: 20, answered: 100}"

    func note(_ event: String) { diary.append("\(diary.count): \(event), up to \(feeder.count) inputs") }

    /// Feeds some records for each partition; where there are many, some that are refused.
    func feed(_ count: Int) throws {
        guard count > 0 else { return }
        guard kind != .lateLabels else { return try feedLateLabels(count) }
        seed &+= 1
        var records = StreamRecords.good(count, seed: seed, partitions: partitions)
        for index in stride(from: 7, to: count, by: 53) {
            records[index].value = StreamRecords.bad[(index + Int(seed % 97)) % StreamRecords.bad.count]
        }
        try feeder.feed(records)
    }

    /// The same without labels, which come on their own topic with every fault that they can have.
    private func feedLateLabels(_ count: Int) throws {
        for partition in faults.indices {
            let events = faults[partition].next(records: count / partitions)
            let records = events.map {
                ($0.isLabel, ProducedRecord(key: $0.key, value: $0.value, partition: partition))
            }
            try feeder.feed(records.filter { !$0.0 }.map(\.1))
            try feeder.feed(records.filter(\.0).map(\.1), labels: true)
        }
    }

    /// Starts a member with failpoints compiled in.
    func start(_ arguments: [String], config: String = "millrace.yaml", failpoint: String? = nil) throws -> ChildProcess
    {
        let process = try pipeline.failpointMillrace(
            arguments, config: config, failpoint: failpoint, breakage: breakage)
        processes.append(process)
        return process
    }

    /// What happened, and what the processes of late said of it.
    var story: String {
        (diary + processes.suffix(4).map { "\($0.identifier):\n\($0.errors)" }).joined(separator: "\n")
    }

    /// A settings file for a further member, with a name of its own where it is static.
    func writeMember(_ file: String, instance: String?) throws {
        try pipeline.writeSettings(
            to: file, snapshots: pipeline.snapshots, group: pipeline.name, more: Self.settings(promise, kind),
            instance: instance, every: Self.every, store: kind == .snapshotsInTopic ? "topic" : "directory")
    }

    /// Lets the program that ships finish what is left, then looks at everything.
    /// - Returns: what is wrong.
    func findings() throws -> [String] {
        let last =
            breakage == nil
            ? try pipeline.millrace("run", "--until-end") : try start(["run", "--until-end"])
        try pipeline.expectSuccess(last, seconds: 120)
        let observed = try pipeline.observe()
        guard observed.inputs.count == feeder.count + written else {
            throw EndToEndError("\(feeder.count + written) inputs were fed, \(observed.inputs.count) are there")
        }
        return try findings(in: observed)
    }

    func findings(in observed: ObservedDelivery) throws -> [String] {
        let settings = try PipelineSettings.load(path: pipeline.folder.file("millrace.yaml").path)
        guard kind.isJournaled else {
            let expected = try ExpectedDelivery(settings, inputs: observed.inputs)
            return DeliveryCheck(promise: promise, expected: expected).findings(in: observed)
        }
        let run = try JournaledRun(
            settings, partitions: partitions,
            properties: [
                "bootstrap.servers": pipeline.broker.bootstrapServers, "receive.message.max.bytes": "1000000000",
            ])
        return JournaledCheck(promise: promise, run: run).findings(in: observed)
    }

    func expectKept(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let findings = try findings()
        #expect(findings.prefix(20) == [], "\(story)", sourceLocation: sourceLocation)
    }
}

extension DeliveryCheck.Promise {
    /// Those that the program keeps.
    static let all: [Self] = [.atLeastOnce, .exactlyOnce]
}
