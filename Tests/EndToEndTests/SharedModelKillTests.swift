import Foundation
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
        for kill in 0..<6 {
            let victim = kill % 2
            runs[victim].send(signal: SIGKILL)
            _ = runs[victim].wait(seconds: 10)
            // It comes back to records that have waited, and is killed in the middle of them, or of their replay.
            try pipeline.produce(StreamRecords.good(1_000, seed: UInt64(90 + kill), partitions: 2))
            runs[victim] = try pipeline.millrace("run", config: configs[victim])
            #expect(runs[victim].waitFor("task restored", seconds: 60), "\(runs[victim].errors)")
            Thread.sleep(forTimeInterval: Double.random(in: 0...0.06))
        }
        try pipeline.waitForPredictions(atLeast: 6_000, process: runs[1])
        for run in runs {
            run.send(signal: SIGTERM)
            #expect(run.wait(seconds: 60) == .exit(0), "\(run.errors)")
        }
        let run = try pipeline.expectJournaled(6_000, isExact: delivery == "exactly-once")
        #expect(run.otherRuns > 4, "messages of the other task were consumed")
        #expect(run.epochs >= 4, "tasks were restored")
    }
}

extension Pipeline {
    /// Every input has a prediction, and the one that the journal's order gives is among them; the state is that of a run
    /// that follows the journal from the start.
    /// - Parameter isExact: there is no other prediction.
    func expectJournaled(_ inputs: Int, isExact: Bool) throws -> JournaledRun {
        let run = try JournaledRun(
            PipelineSettings.load(path: folder.file("millrace.yaml").path, environment: [:]), partitions: 2,
            properties: [
                "bootstrap.servers": broker.bootstrapServers, "receive.message.max.bytes": "1000000000",
            ])
        let predictions = Dictionary(grouping: try read("predictions")) { $0.headers["millrace-input"] ?? "none" }
        #expect(predictions.count == inputs)
        #expect(Set(run.predictions.keys) == Set(predictions.keys))
        for (input, value) in run.predictions {
            let found = predictions[input]?.compactMap(\.value) ?? []
            #expect(found.contains(String(decoding: value, as: UTF8.self)), "the prediction for \(input)")
            if isExact { #expect(found.count == 1, "predictions for \(input)") }
        }
        let states = try finalStates()
        #expect(Dictionary(uniqueKeysWithValues: states.map { (Int32($0.key), $0.value) }) == run.states)
        return run
    }
}
