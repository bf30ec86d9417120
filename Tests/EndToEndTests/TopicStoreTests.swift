import Foundation
import JSONTree
import Snapshots
import TestSupport
import Testing

/// Snapshots in a topic, with processes that share nothing else: each has a folder and settings of its own, as on machines of
/// their own.
@Suite(.serialized) struct TopicStoreTests {
    @Test(arguments: ["at-least-once", "exactly-once"])
    func `a task that moves to another machine after a kill restores from the topic, byte for byte`(
        delivery: String
    ) throws {
        let pipeline = try TopicStorePipeline(instance: "one", more: "delivery: \(delivery)")
        let records = StreamRecords.good(4_500, seed: 51, partitions: 3)
        try pipeline.all.produce(Array(records[..<2_400]))
        let first = try pipeline.all.millrace("run", config: pipeline.machine("first"))
        try pipeline.waitForSnapshots(process: first)
        // What is predicted after the last snapshot has to be learned again from the records.
        try pipeline.all.produce(Array(records[2_400..<3_000]))
        try pipeline.all.waitForPredictions(atLeast: 2_800, process: first)
        first.send(signal: SIGKILL)
        #expect(first.wait(seconds: 10) == .signal(SIGKILL))
        try pipeline.all.produce(Array(records[3_000...]))
        let second = try pipeline.all.millrace("run", "--until-end", config: pipeline.machine("second"))
        try pipeline.all.expectSuccess(second, seconds: 120)
        // From a snapshot, not from the records' beginning, which would give the same state here.
        let restored = second.errors.split(separator: "\n").filter { $0.contains("task restored") }
        #expect(restored.count == 3 && restored.allSatisfy { !$0.contains("replay=0..<") }, "\(second.errors)")
        #expect(!FileManager.default.fileExists(atPath: pipeline.all.folder.file("second").path), "no file is written")

        #expect(try pipeline.finalStates() == pipeline.uninterrupted())
    }

    @Test func `a machine that joins takes over partitions with their models, and gives them back when it leaves`()
        throws
    {
        let pipeline = try TopicStorePipeline()
        try pipeline.all.produce(StreamRecords.good(2_400, seed: 52, partitions: 3))
        let first = try pipeline.all.millrace("run", config: pipeline.machine("first"))
        try pipeline.all.waitForPredictions(atLeast: 2_400, process: first)
        let second = try pipeline.all.millrace("run", config: pipeline.machine("second"))
        #expect(second.waitFor("task restored", seconds: 60), "\(second.errors)")
        try pipeline.all.produce(StreamRecords.good(1_200, seed: 53, partitions: 3))
        try pipeline.all.waitForPredictions(atLeast: 3_600, process: first)
        second.send(signal: SIGTERM)
        #expect(second.wait(seconds: 40) == .exit(0), "\(second.errors)")
        try pipeline.all.produce(StreamRecords.good(600, seed: 54, partitions: 3))
        try pipeline.all.waitForPredictions(atLeast: 4_200, process: first)
        first.send(signal: SIGTERM)
        #expect(first.wait(seconds: 40) == .exit(0), "\(first.errors)")
        #expect(try pipeline.finalStates() == pipeline.uninterrupted())
    }

    @Test func `the commands know snapshots in a topic, and what is exported opens in Python`() throws {
        let pipeline = try TopicStorePipeline()
        let config = try pipeline.machine("first")
        try pipeline.all.produce(StreamRecords.good(900, seed: 55, partitions: 3))
        try pipeline.all.expectSuccess(try pipeline.all.millrace("run", "--until-end", config: config), seconds: 90)
        let newest = try pipeline.all.newestSnapshots(config: config)
        #expect(newest.keys.sorted() == [0, 1, 2])
        let entry = try #require(newest[1])
        let path = try #require(entry["path"]?.stringValue)
        #expect(path == "kafka:\(pipeline.all.topic("snapshots"))/1/300")
        #expect(entry["records"] == 300 && entry["verified"] == true && entry["bytes"]?.integerValue ?? 0 > 1_000)
        #expect(entry["learned"]?.integerValue ?? 0 > 200)
        #expect(entry["positions"]?[0]?["topic"]?.stringValue == pipeline.all.topic("features"))
        #expect(entry["positions"]?[0]?["next"] == 300)

        let verify = try pipeline.all.millrace("snapshots", "verify", config: config)
        try pipeline.all.expectSuccess(verify, seconds: 60)
        #expect(verify.output.contains("ok      \(path)"))

        let file = pipeline.all.folder.file("model.safetensors").path
        try pipeline.all.expectSuccess(
            try pipeline.all.millrace("snapshots", "export", path, file, config: config), seconds: 60)
        let exported = try Snapshot(contentsOf: file)
        #expect(exported.metadata.recordsConsumed == 300)
        let names = try PythonEnvironment.run(
            script: "import sys; from safetensors.numpy import load_file; print(sorted(load_file(sys.argv[1])))",
            arguments: [file])
        #expect(names.contains("model/"))
        let again = try pipeline.all.millrace("snapshots", "export", path, file, config: config)
        #expect(again.wait(seconds: 60) == .exit(1), "a file that is there is left alone")

        let shown = try pipeline.all.millrace("snapshots", "show", path, "--json", config: config)
        try pipeline.all.expectSuccess(shown, seconds: 60)
        #expect(try JSONValue.parse(shown.output)["checksum"]?.stringValue == exported.metadata.checksum)
        let missing = try pipeline.all.millrace("snapshots", "show", path + "1", config: config)
        #expect(missing.wait(seconds: 60) == .exit(1))
        #expect(missing.errors.contains("there is no such snapshot"))
    }

    @Test func `a topic that is missing or deletes by time is refused, with what to do`() throws {
        let pipeline = try Pipeline()
        let config = try pipeline.machine("first")
        let check = try pipeline.millrace("check", config: config)
        #expect(check.wait(seconds: 60) == .exit(1))
        #expect(check.output.contains("PROBLEM  \(pipeline.topic("snapshots")): there is no such topic"))
        // Written by hand, as somebody who doesn't know would.
        _ = try PythonEnvironment.run(
            script: """
                import sys
                from confluent_kafka.admin import AdminClient, NewTopic
                admin = AdminClient({"bootstrap.servers": sys.argv[1]})
                admin.create_topics([NewTopic(sys.argv[2], 2, 1, config={"cleanup.policy": "compact,delete"})])[sys.argv[2]].result(20)
                """, arguments: [pipeline.broker.bootstrapServers, pipeline.topic("snapshots")])
        let second = try pipeline.millrace("check", config: config)
        #expect(second.wait(seconds: 60) == .exit(1))
        #expect(second.output.contains("cleanup.policy is compact,delete"), "\(second.output)")
        #expect(second.output.contains("has 2 partitions"), "\(second.output)")
        let run = try pipeline.millrace("run", "--until-end", config: config)
        #expect(run.wait(seconds: 60) == .exit(1))
        #expect(run.errors.contains("set it to compact"), "\(run.errors)")
    }
}

/// A pipeline of three partitions whose snapshots are in a topic.
private struct TopicStorePipeline {
    let all: Pipeline
    private let instance: String?
    private let more: String

    init(instance: String? = nil, more: String = "") throws {
        all = try Pipeline(partitions: 3)
        self.instance = instance
        self.more = more
        let config = try machine("first")
        let declarations = all.folder.file("topics").path
        try all.expectSuccess(
            try all.millrace("topics", "apply", "--topics", declarations, config: config), seconds: 60)
    }

    func machine(_ name: String) throws -> String { try all.machine(name, instance: instance, more: more) }

    /// Waits until each partition has a snapshot of a task that has read something.
    func waitForSnapshots(process: ChildProcess) throws {
        let deadline = Date(timeIntervalSinceNow: 120)
        while Date() < deadline {
            guard process.isRunning else { throw EndToEndError("millrace ended: \(process.errors)") }
            let newest = try all.newestSnapshots(config: machine("first"))
            if newest.count == 3, newest.values.allSatisfy({ $0["records"]?.integerValue ?? 0 > 0 }) { return }
        }
        throw EndToEndError("no snapshots after two minutes: \(process.errors)")
    }

    /// The newest state of each partition: the records it stands for and the checksum of all of it.
    func finalStates() throws -> [Int64: String] {
        let config = try machine("first")
        return try all.newestSnapshots(config: config).mapValues { entry in
            let shown = try all.millrace(
                "snapshots", "show", entry["path"]?.stringValue ?? "", "--json", config: config)
            try all.expectSuccess(shown, seconds: 60)
            let snapshot = try JSONValue.parse(shown.output)
            return "\(entry["records"]?.integerValue ?? -1) \(snapshot["checksum"]?.stringValue ?? "")"
        }
    }

    /// The same of a group that is never stopped, with its snapshots in a folder.
    func uninterrupted() throws -> [Int64: String] {
        try all.uninterruptedStates()
    }
}

extension Pipeline {
    /// The settings of one machine: the same but for the folder, which isn't used. Written once, because processes read it.
    fileprivate func machine(_ name: String, instance: String? = nil, more: String = "") throws -> String {
        let file = "\(name).yaml"
        guard !FileManager.default.fileExists(atPath: folder.file(file).path) else { return file }
        try writeSettings(
            to: file, snapshots: folder.file(name).path, group: self.name, more: more, instance: instance,
            store: "topic")
        return file
    }
}
