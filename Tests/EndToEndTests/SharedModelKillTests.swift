import Foundation
import KafkaClient
import Settings
import StreamTestSupport
import TestSupport
import Testing

/// Processes whose models tell each other what they have learned, killed in turns.
@Suite(.serialized) struct SharedModelKillTests {
    @Test(arguments: ["at-least-once", "exactly-once"])
    func `after kill -9 each task has consumed its inputs in one order, and the journal tells which`(
        _ delivery: String
    ) throws {
        let more = "delivery: \(delivery)\nmodel.scope: shared\ncommit: {interval: 20 ms}"
        let pipeline = try Pipeline(partitions: 2, more: more, instance: "one")
        try pipeline.writeSettings(
            to: "two.yaml", snapshots: pipeline.snapshots, group: pipeline.name, more: more, instance: "two")
        let configs = ["millrace.yaml", "two.yaml"]
        var runs = try configs.map { try pipeline.millrace("run", config: $0) }
        for run in runs { #expect(run.waitFor("task begins", seconds: 60), "\(run.errors)") }
        let trickle = try Trickle(pipeline)
        for kill in 0..<6 {
            // Records come in small numbers all the while, so that each task has many turns of the other's messages.
            let records = StreamRecords.good(1_000, seed: UInt64(90 + kill), partitions: 2)
            let moment = Int.random(in: 200..<800)
            print("kill \(kill), \(delivery): after \(moment) records")
            try trickle.send(records[..<moment])
            // noida-db names in every answer all transactions that were ever aborted, also those whose end lies before it, so
            // that a reader who goes on after one is shown nothing more of its producer.
            if delivery == "exactly-once", !pipeline.broker.isForeign {
                try pipeline.waitUntilQuiet(inputs: kill * 1_000 + moment)
            }
            let victim = kill % 2
            runs[victim].send(signal: SIGKILL)
            _ = runs[victim].wait(seconds: 10)
            runs[victim] = try pipeline.millrace("run", config: configs[victim])
            #expect(runs[victim].waitFor("task restored", seconds: 60), "\(runs[victim].errors)")
            try trickle.send(records[moment...])
        }
        trickle.close()
        try pipeline.waitForPredictions(atLeast: 6_000, process: runs[1])
        for run in runs {
            run.send(signal: SIGTERM)
            #expect(run.wait(seconds: 60) == .exit(0), "\(run.errors)")
        }
        let run = try pipeline.expectJournaled(6_000, isExact: delivery == "exactly-once")
        #expect(run.otherRuns > 4, "messages of the other task were consumed")
        #expect(run.epochs >= 4, "tasks were restored")
    }

    @Test func `a second process takes tasks over with their journals and gives them back`() throws {
        let pipeline = try Pipeline(partitions: 3, more: "model.scope: shared\ncommit: {interval: 20 ms}")
        let trickle = try Trickle(pipeline)
        let first = try pipeline.millrace("run")
        #expect(first.waitFor("task begins", seconds: 60), "\(first.errors)")
        try trickle.send(StreamRecords.good(900, seed: 97, partitions: 3)[...])
        let second = try pipeline.millrace("run")
        #expect(second.waitFor("task restored", seconds: 60), "\(second.errors)")
        try trickle.send(StreamRecords.good(900, seed: 98, partitions: 3)[...])
        try pipeline.waitForPredictions(atLeast: 1_800, process: first)
        second.send(signal: SIGTERM)
        #expect(second.wait(seconds: 40) == .exit(0), "\(second.errors)")
        try trickle.send(StreamRecords.good(900, seed: 99, partitions: 3)[...])
        trickle.close()
        try pipeline.waitForPredictions(atLeast: 2_700, process: first)
        first.send(signal: SIGTERM)
        #expect(first.wait(seconds: 40) == .exit(0), "\(first.errors)")
        let run = try pipeline.expectJournaled(2_700, partitions: 3, isExact: false)
        #expect(run.otherRuns > 4, "messages of the other tasks were consumed")
        #expect(run.epochs > 3, "tasks were restored")
    }
}

extension Pipeline {
    private func journaledRun(partitions: Int = 2) throws -> JournaledRun {
        try JournaledRun(
            PipelineSettings.load(path: folder.file("millrace.yaml").path, environment: [:]),
            partitions: partitions,
            properties: [
                "bootstrap.servers": broker.bootstrapServers, "receive.message.max.bytes": "1000000000",
            ])
    }

    /// Waits until so many inputs are committed, and the tasks have nothing more to tell each other.
    func waitUntilQuiet(inputs: Int) throws {
        let deadline = Date(timeIntervalSinceNow: 60)
        var before = -1
        while Date() < deadline {
            let run = try journaledRun()
            if run.positions.values.reduce(0, +) >= inputs, run.otherRuns == before { return }
            before = run.otherRuns
            Thread.sleep(forTimeInterval: 0.3)
        }
        throw EndToEndError("\(inputs) inputs weren't committed within a minute")
    }

    /// Every input has a prediction, and the one that the journal's order gives is among them; the state is that of a run
    /// that follows the journal from the start.
    /// - Parameter isExact: there is no other prediction.
    func expectJournaled(_ inputs: Int, partitions: Int = 2, isExact: Bool) throws -> JournaledRun {
        let run = try journaledRun(partitions: partitions)
        let predictions = Dictionary(grouping: try read("predictions")) { $0.headers["millrace-input"] ?? "none" }
        #expect(predictions.count == inputs)
        #expect(Set(run.predictions.keys) == Set(predictions.keys))
        let others = run.predictions.filter { input, value in
            predictions[input]?.contains { $0.value == String(decoding: value, as: UTF8.self) } != true
        }
        #expect(others.keys.sorted() == [], "predictions of another order")
        if isExact { #expect(predictions.filter { $0.value.count > 1 }.keys.sorted() == [], "predictions doubled") }
        #expect(run.sums == [])
        let states = try finalStates()
        #expect(Dictionary(uniqueKeysWithValues: states.map { (Int32($0.key), $0.value) }) == run.states)
        return run
    }
}

/// Produces a few records every few milliseconds.
private final class Trickle {
    private let producer: Producer
    private let topic: ProducerTopic
    private let headers = HeaderList(capacity: 1)

    init(_ pipeline: Pipeline) throws {
        producer = try Producer(
            properties: ["bootstrap.servers": pipeline.broker.bootstrapServers, "linger.ms": "0"], log: { _ in })
        topic = try producer.topic(pipeline.topic("features"))
    }

    func send(_ records: ArraySlice<ProducedRecord>) throws {
        for (index, record) in records.enumerated() {
            let result = Array((record.value ?? "").utf8).withUnsafeBytes { value in
                producer.produce(
                    topic, partition: Int32(record.partition ?? 0), key: nil, value: value, timestamp: 0,
                    headers: headers, token: 0)
            }
            guard result == .enqueued else { throw EndToEndError("a record wasn't taken: \(result)") }
            if index % 10 == 9 { Thread.sleep(forTimeInterval: 0.004) }
        }
        guard producer.flush(timeoutMilliseconds: 30_000) else { throw EndToEndError("records weren't delivered") }
    }

    func close() { producer.close(deadlineMilliseconds: 10_000) }
}
