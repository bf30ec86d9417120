import JSONTree
import KafkaClient
import Records
import Snapshots
import TestSupport

/// What a pipeline has left behind, as others see it: the topics of a `read_committed` reader, the group's positions, and
/// the newest snapshot of each task.
struct ObservedDelivery {
    var inputs: [SeenRecord] = []
    var predictions: [SeenRecord] = []
    var drift: [SeenRecord] = []
    var deadLetters: [SeenRecord] = []
    /// By partition.
    var committed: [Int32: Int64] = [:]
    var states: [Int32: FinalState] = [:]
}

/// What a task's last snapshot stands for.
struct FinalState: Equatable, CustomStringConvertible {
    var records: UInt64
    var next: Int64
    /// Over all tensors.
    var checksum: String

    init(records: UInt64, next: Int64, checksum: String) {
        self.records = records
        self.next = next
        self.checksum = checksum
    }

    init(_ snapshot: Snapshot, partition: Int32) {
        let next = snapshot.metadata.positions.first { $0.partition == partition }?.next.rawValue
        self.init(
            records: snapshot.metadata.recordsConsumed, next: next ?? -1, checksum: snapshot.metadata.checksum)
    }

    var description: String { "\(records) records, next offset \(next), state \(checksum.prefix(12))" }
}

extension Pipeline {
    /// Looks at everything the pipeline has left behind.
    func observe() throws -> ObservedDelivery {
        let kinds = ["features", "predictions", "drift", "dead-letters"]
        let text = try PythonEnvironment.run(
            script: PythonClients.observe, arguments: [broker.bootstrapServers, name] + kinds.map(topic), seconds: 120)
        var observed = ObservedDelivery()
        for line in text.split(separator: "\n") {
            let json = try JSONValue.parse(String(line))
            if let next = json["committed"]?.integerValue, let partition = json["partition"]?.integerValue {
                observed.committed[Int32(partition)] = next
                continue
            }
            let record = try SeenRecord(json)
            switch record.topic {
            case topic("features"): observed.inputs.append(record)
            case topic("predictions"): observed.predictions.append(record)
            case topic("drift"): observed.drift.append(record)
            default: observed.deadLetters.append(record)
            }
        }
        for (partition, entry) in try newestSnapshots() {
            let shown = try millrace("snapshots", "show", entry["path"]?.stringValue ?? "", "--json")
            try expectSuccess(shown, seconds: 60)
            let own = entry["positions"]?.arrayValue?.first { position in
                position["topic"]?.stringValue == topic("features") && position["partition"]?.integerValue == partition
            }
            observed.states[Int32(partition)] = FinalState(
                records: UInt64(entry["records"]?.integerValue ?? 0), next: own?["next"]?.integerValue ?? -1,
                checksum: try JSONValue.parse(shown.output)["checksum"]?.stringValue ?? "")
        }
        return observed
    }

    /// Offsets of the features topic that the group hasn't committed.
    func lag() throws -> Int64 {
        let consumer = try Consumer(
            properties: ["bootstrap.servers": broker.bootstrapServers, "group.id": name], log: { _ in })
        defer { consumer.close(deadlineMilliseconds: 5_000) }
        let all = (0..<Int32(partitions)).map { TopicPartition(topic: topic("features"), partition: $0) }
        let committed = try consumer.committed(all, timeoutMilliseconds: 30_000)
        return try all.reduce(0) { sum, partition in
            let end = try consumer.watermarks(partition, timeoutMilliseconds: 30_000).high
            return sum + end - (committed[partition]?.rawValue ?? 0)
        }
    }
}
