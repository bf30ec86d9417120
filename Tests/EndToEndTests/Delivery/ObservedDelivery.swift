import JSONTree
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

    init(_ snapshot: Snapshot, partition: Int32) {
        records = snapshot.metadata.recordsConsumed
        next = snapshot.metadata.positions.first { $0.partition == partition }?.next.rawValue ?? -1
        checksum = snapshot.metadata.checksum
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
            let snapshot = try Snapshot(contentsOf: entry["path"]?.stringValue ?? "")
            observed.states[Int32(partition)] = FinalState(snapshot, partition: Int32(partition))
        }
        return observed
    }
}
