import Foundation
import JSONTree
import TestSupport

/// One pipeline of a test on a real broker: its settings file, its topics, its processes. Names are its own, so that tests
/// can share a broker.
final class Pipeline: Sendable {
    static let usualFeatures = "features: [{name: a}, {name: b}]"
    static let usualModel = "model: {kind: logistic, optimizer: {kind: adam}}\nlearning: {batch: 3}"

    let name: String
    let folder: TemporaryFolder
    let broker: ExternalBroker
    let snapshots: String
    let partitions: Int
    /// The lines of the settings file that say what the model sees, which one it is and how it learns.
    let learner: String

    init(
        partitions: Int = 1, learner: String = "\(usualFeatures)\n\(usualModel)", more: String = "",
        instance: String? = nil, every: String = "700 records",
        store: String = "directory", broker: ExternalBroker? = nil
    ) throws {
        name = "e2e-\(UUID().uuidString.prefix(8).lowercased())"
        folder = try TemporaryFolder()
        self.broker = try broker ?? ExternalBroker.shared.get()
        snapshots = folder.file("snapshots").path
        self.partitions = partitions
        self.learner = learner
        try writeSettings(
            to: "millrace.yaml", snapshots: snapshots, group: name, more: more, instance: instance, every: every,
            store: store)
        let declarations = folder.file("topics")
        try FileManager.default.createDirectory(at: declarations, withIntermediateDirectories: true)
        let kinds = ["features", "labels", "predictions", "drift", "dead-letters", "journal", "mix"]
        for file in store == "topic" ? kinds + ["snapshots"] : kinds {
            let text = try String(
                contentsOf: Fixtures.checkout.appending(path: "Topics/\(file).yaml"), encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                line.hasPrefix("partitions:") ? "partitions: \(partitions)" : String(line)
            }
            try folder.write(lines.joined(separator: "\n"), to: "topics/\(file).yaml")
        }
        let apply = try millrace("topics", "apply", "--topics", declarations.path)
        try expectSuccess(apply, seconds: 60)
    }

    /// A settings file beside the first one, with a group and a snapshots folder of its own.
    /// - Parameter instance: makes the member static. A broker that doesn't evict a killed member (noida-db) hands its
    ///   partitions on only to a member of the same name.
    func writeSettings(
        to file: String, snapshots: String, group: String, more: String = "", instance: String? = nil,
        every: String = "700 records", store: String = "directory"
    ) throws {
        try folder.write(
            """
            pipeline: \(name)
            kafka:
              bootstrap.servers: "\(broker.bootstrapServers)"
              group.id: \(group)
              receive.message.max.bytes: 1000000000
              session.timeout.ms: 6000
              heartbeat.interval.ms: 300
              topic.metadata.refresh.interval.ms: 1000
              \(instance.map { "group.instance.id: \($0)" } ?? "")
            \(learner)
            target: {kind: binary, classes: [DOWN, UP]}
            evaluation: {window: 500 records}
            drift: [{watch: loss, detector: adwin}, {watch: feature, detector: page-hinkley, features: [a]}]
            snapshots: {store: \(store), directory: "\(snapshots)", every: \(every), keep: 4}
            \(more.replacing("<pipeline>", with: name))
            """, to: file)
    }

    func topic(_ kind: String) -> String { "\(name).\(kind)" }

    func millrace(_ arguments: String..., config: String = "millrace.yaml") throws -> ChildProcess {
        try millrace(arguments: arguments, config: config)
    }

    func millrace(arguments: [String], config: String = "millrace.yaml") throws -> ChildProcess {
        try ChildProcess(
            ChildProcess.millrace, arguments + ["--config", folder.file(config).path])
    }

    /// The program with failpoints.
    /// - Parameter failpoint: as in `MILLRACE_FAILPOINT`, or nil for none.
    func failpointMillrace(
        _ arguments: [String], config: String = "millrace.yaml", failpoint: String?, breakage: String? = nil
    ) throws -> ChildProcess {
        try ChildProcess(
            ChildProcess.failpointMillrace(), arguments + ["--config", folder.file(config).path],
            environment: ["MILLRACE_FAILPOINT": failpoint ?? "", "MILLRACE_BREAK": breakage ?? ""])
    }

    func expectSuccess(_ process: ChildProcess, seconds: Double) throws {
        let ending = process.wait(seconds: seconds)
        guard ending == .exit(0) else {
            process.send(signal: SIGKILL)
            throw EndToEndError("\(String(describing: ending)): \(process.output) \(process.errors)")
        }
    }

    /// Produces with another client: confluent-kafka in Python. A record without a partition goes where its key says.
    func produce(_ records: [ProducedRecord], to kind: String = "features") throws {
        try produce(records, to: kind, by: PythonClients.produce)
    }

    /// Produces in transactions of so many records; every other one is aborted.
    func produceAborting(_ records: [ProducedRecord], size: Int) throws {
        try produce(records, to: "features", by: PythonClients.produceAborting, String(size))
    }

    private func produce(
        _ records: [ProducedRecord], to kind: String, by script: String, _ arguments: String...
    ) throws {
        let lines = records.map { record in
            JSONValue.object([
                "key": record.key.map { .string($0) } ?? .null, "value": record.value.map { .string($0) } ?? .null,
                "partition": .integer(Int64(record.partition ?? -1)),
            ]).text
        }
        let file = folder.file("produce-\(UUID().uuidString).jsonl")
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        _ = try PythonEnvironment.run(
            script: script, arguments: [broker.bootstrapServers, topic(kind), file.path] + arguments)
    }

    /// Reads a whole topic with another client.
    func read(_ kind: String, isolation: String = "read_committed") throws -> [ReadRecord] {
        let text = try PythonEnvironment.run(
            script: PythonClients.read, arguments: [broker.bootstrapServers, topic(kind), isolation])
        return try text.split(separator: "\n").map { try ReadRecord(JSONValue.parse(String($0))) }
    }

    /// The checksum over all state of the newest snapshot of each partition, by `millrace snapshots list`.
    func newestSnapshots(config: String = "millrace.yaml") throws -> [Int64: JSONValue] {
        let list = try millrace("snapshots", "list", "--json", config: config)
        try expectSuccess(list, seconds: 60)
        var newest: [Int64: JSONValue] = [:]
        for entry in try JSONValue.parse(list.output).arrayValue ?? [] {
            guard let partition = entry["partition"]?.integerValue else { continue }
            let records = entry["records"]?.integerValue ?? 0
            if records >= newest[partition]?["records"]?.integerValue ?? 0 { newest[partition] = entry }
        }
        return newest
    }
}

struct ProducedRecord {
    var key: String?
    var value: String?
    var partition: Int?
}

/// A record as the Python client saw it.
struct ReadRecord {
    var partition: Int64
    var offset: Int64
    var timestamp: Int64
    var key: String?
    var value: String?
    var headers: [String: String]

    init(_ json: JSONValue) throws {
        partition = json["partition"]?.integerValue ?? -1
        offset = json["offset"]?.integerValue ?? -1
        timestamp = json["timestamp"]?.integerValue ?? -1
        key = json["key"]?.stringValue
        value = json["value"]?.stringValue
        headers = [:]
        for (name, value) in json["headers"]?.objectValue ?? [:] { headers[name] = value.stringValue }
    }
}

struct EndToEndError: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}
