import Foundation
import KafkaClient
import StreamTasks
import StreamTestSupport
import TestSupport
import Testing

/// Processes that are killed in turns while labels come early, late, twice, corrected, withdrawn, or never.
@Suite(.serialized) struct LateLabelKillTests {
    @Test(arguments: ["at-least-once", "exactly-once"])
    func `after kill -9 the counters of labels add up, and the state is that of a run which follows the journal`(
        _ delivery: String
    ) throws {
        let more = "delivery: \(delivery)\ncommit: {interval: 20 ms}\n" + DeliveryTrial.lateLabels
        let pipeline = try Pipeline(partitions: 2, more: more, instance: "one")
        try pipeline.writeSettings(
            to: "two.yaml", snapshots: pipeline.snapshots, group: pipeline.name, more: more, instance: "two")
        let configs = ["millrace.yaml", "two.yaml"]
        var runs = try configs.map { try pipeline.millrace("run", config: $0) }
        for run in runs { #expect(run.waitFor("task begins", seconds: 60), "\(run.errors)") }
        let seed = UInt64.random(in: 0...UInt64.max / 2)
        print("late labels, \(delivery): seed \(seed)")
        let trickle = try LabelTrickle(pipeline, seed: seed, partitions: 2)
        for kill in 0..<6 {
            try trickle.send(records: Int.random(in: 50..<200))
            // noida-db names in every answer all transactions that were ever aborted, also those whose end lies before it, so
            // that a reader who goes on after one is shown nothing more of its producer.
            if delivery == "exactly-once", !pipeline.broker.isForeign {
                try pipeline.waitUntilQuiet(inputs: trickle.features)
            }
            let victim = kill % 2
            runs[victim].send(signal: SIGKILL)
            _ = runs[victim].wait(seconds: 10)
            runs[victim] = try pipeline.millrace("run", config: configs[victim])
            #expect(runs[victim].waitFor("task restored", seconds: 60), "\(runs[victim].errors)")
            try trickle.send(records: 100)
        }
        trickle.close()
        try pipeline.waitForPredictions(atLeast: trickle.features, process: runs[1])
        for run in runs {
            run.send(signal: SIGTERM)
            #expect(run.wait(seconds: 60) == .exit(0), "\(run.errors)")
        }
        try pipeline.expectSuccess(pipeline.millrace("run", "--until-end"), seconds: 120)
        let run = try pipeline.expectJournaled(trickle.features, isExact: delivery == "exactly-once")
        #expect(run.otherRuns > 12 && run.epochs >= 4)
        let counters = run.labels.values
        #expect(counters.reduce(0) { $0 + $1.records } == UInt64(trickle.labels))
        #expect(counters.reduce(0) { $0 + $1.waited } == UInt64(trickle.features))
        for name in ["matched", "expired", "withdrawn", "duplicate", "corrected", "tombstone", "refused"] {
            let count = counters.reduce(0) { sum, one in sum + (one.named.first { $0.name == name }?.count ?? 0) }
            #expect(count > 0, "\(name), seed \(seed)")
        }
    }

    @Test func `check names a labels topic that is compacted, or has another count of partitions`() throws {
        let pipeline = try Pipeline(partitions: 2, more: DeliveryTrial.lateLabels)
        try pipeline.expectSuccess(pipeline.millrace("check"), seconds: 60)
        try pipeline.writeSettings(
            to: "uneven.yaml", snapshots: pipeline.snapshots, group: pipeline.name,
            more: DeliveryTrial.lateLabels.replacing("<pipeline>.labels", with: "\(pipeline.name).few"))
        let admin = try Admin(properties: ["bootstrap.servers": pipeline.broker.bootstrapServers], log: { _ in })
        defer { admin.close(deadlineMilliseconds: 10_000) }
        let few = NewTopic(name: "\(pipeline.name).few", partitions: 1, replication: 1, config: [:])
        let compacted = NewTopic(
            name: "\(pipeline.name).compacted", partitions: 2, replication: 1, config: ["cleanup.policy": "compact"])
        #expect(try admin.createTopics([few, compacted], timeoutMilliseconds: 10_000).isEmpty)
        try pipeline.writeSettings(
            to: "compacted.yaml", snapshots: pipeline.snapshots, group: pipeline.name,
            more: DeliveryTrial.lateLabels.replacing("<pipeline>.labels", with: "\(pipeline.name).compacted"))
        for command in ["check", "run"] {
            let refused = try pipeline.millrace(command, config: "compacted.yaml")
            #expect(refused.wait(seconds: 60) == .exit(1))
            let said = refused.output + refused.errors
            #expect(said.contains("\(pipeline.name).compacted") && said.contains("compact"), "\(command): \(said)")
        }
        let uneven = try pipeline.millrace("check", config: "uneven.yaml")
        #expect(uneven.wait(seconds: 60) == .exit(1))
        #expect(uneven.output.contains("\(pipeline.name).few: has 1 partitions"), "\(uneven.output)")
    }
}

/// Produces features and labels, a few every few milliseconds.
private final class LabelTrickle {
    private let producer: Producer
    private let topics: [ProducerTopic]
    private let headers = HeaderList(capacity: 1)
    private var faults: [LabelFaults]
    /// Sent so far.
    private(set) var features = 0
    private(set) var labels = 0

    init(_ pipeline: Pipeline, seed: UInt64, partitions: Int) throws {
        let producer = try Producer(
            properties: ["bootstrap.servers": pipeline.broker.bootstrapServers, "linger.ms": "0"], log: { _ in })
        self.producer = producer
        topics = try ["features", "labels"].map { try producer.topic(pipeline.topic($0)) }
        faults = (0..<partitions).map { LabelFaults(seed: seed + UInt64($0), prefix: "p\($0)") }
    }

    /// So many records a partition, with the labels between them.
    func send(records: Int) throws {
        for number in 0..<records {
            for partition in faults.indices {
                for event in faults[partition].next() { try send(event, Int32(partition)) }
            }
            if number % 5 == 4 { Thread.sleep(forTimeInterval: 0.004) }
        }
        guard producer.flush(timeoutMilliseconds: 30_000) else { throw EndToEndError("records weren't delivered") }
    }

    private func send(_ event: LabelFaults.Event, _ partition: Int32) throws {
        let result = Array(event.key.utf8).withUnsafeBytes { key in
            func produce(_ value: UnsafeRawBufferPointer?) -> ProduceResult {
                producer.produce(
                    topics[event.isLabel ? 1 : 0], partition: partition, key: key, value: value,
                    timestamp: event.timestamp, headers: headers, token: 0)
            }
            return event.value.map { Array($0.utf8).withUnsafeBytes { produce($0) } } ?? produce(nil)
        }
        guard result == .enqueued else { throw EndToEndError("a record wasn't taken: \(result)") }
        if event.isLabel { labels += 1 } else { features += 1 }
    }

    func close() { producer.close(deadlineMilliseconds: 10_000) }
}
