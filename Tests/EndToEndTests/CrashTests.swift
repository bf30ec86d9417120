import Foundation
import JSONTree
import Snapshots
import TestSupport
import Testing

@Suite(.serialized) struct CrashTests {
    @Test
    func
        `after kill -9 nothing is lost, repeats carry the same input header, and the state is that of a run that never stopped`()
        throws
    {
        let pipeline = try Pipeline(partitions: 2, instance: "one")
        let records = StreamRecords.good(6_000, seed: 21, partitions: 2)
        // Killed three times while records still come.
        for part in 0..<3 {
            try pipeline.produce(Array(records[part * 2_000..<(part + 1) * 2_000]))
            let run = try pipeline.millrace("run")
            try pipeline.waitForPredictions(atLeast: part * 2_000 + 300, process: run)
            run.send(signal: SIGKILL)
            _ = run.wait(seconds: 10)
        }
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 120)
        let state = try pipeline.finalStates()

        let predictions = try pipeline.read("predictions")
        var byInput: [String: Set<String>] = [:]
        for prediction in predictions {
            byInput[prediction.headers["millrace-input"] ?? "none", default: []].insert(prediction.value ?? "")
        }
        #expect(byInput.count == 6_000)
        #expect(byInput.values.allSatisfy { $0.count == 1 }, "a repeat is the same to the byte")

        #expect(try pipeline.uninterruptedStates() == state)
    }

    @Test func `a torn snapshot is passed over and the one before it is used`() throws {
        let pipeline = try Pipeline()
        try pipeline.produce(StreamRecords.good(3_000, seed: 22))
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 90)
        let before = try pipeline.finalStates()
        let newest = try #require(try pipeline.newestSnapshots()[0]?["path"]?.stringValue)
        let file = try FileHandle(forUpdating: URL(filePath: newest))
        try file.truncate(atOffset: 900)
        try file.close()
        let again = try pipeline.millrace("run", "--until-end")
        try pipeline.expectSuccess(again, seconds: 90)
        #expect(again.errors.contains("snapshot passed over"))
        #expect(try pipeline.finalStates() == before, "replayed to the same state, and published again")
        #expect(try pipeline.read("predictions").count == 3_000)
    }

    @Test func `a second process takes over partitions with their models and gives them back`() throws {
        let pipeline = try Pipeline(partitions: 3)
        try pipeline.produce(StreamRecords.good(3_000, seed: 23, partitions: 3))
        let first = try pipeline.millrace("run")
        try pipeline.waitForPredictions(atLeast: 3_000, process: first)
        let second = try pipeline.millrace("run")
        #expect(second.waitFor("task restored", seconds: 60), "\(second.errors)")
        try pipeline.produce(StreamRecords.good(3_000, seed: 24, partitions: 3))
        try pipeline.waitForPredictions(atLeast: 6_000, process: first)
        second.send(signal: SIGTERM)
        #expect(second.wait(seconds: 40) == .exit(0), "\(second.errors)")
        try pipeline.produce(StreamRecords.good(1_500, seed: 25, partitions: 3))
        try pipeline.waitForPredictions(atLeast: 7_500, process: first)
        first.send(signal: SIGTERM)
        #expect(first.wait(seconds: 40) == .exit(0), "\(first.errors)")

        let inputs = Set(try pipeline.read("predictions").compactMap { $0.headers["millrace-input"] })
        #expect(inputs.count == 7_500)
        #expect(try pipeline.uninterruptedStates() == pipeline.finalStates())
    }
}

extension Pipeline {
    /// The newest snapshot of each partition as the checksum of all its state, with the records it stands for.
    func finalStates(config: String = "millrace.yaml") throws -> [Int64: String] {
        try newestSnapshots(config: config).mapValues { entry in
            let snapshot = try Snapshot(contentsOf: entry["path"]?.stringValue ?? "")
            return "\(snapshot.metadata.recordsConsumed) \(snapshot.metadata.checksum)"
        }
    }

    /// The same of a group of its own, which reads the same records and is never stopped.
    func uninterruptedStates() throws -> [Int64: String] {
        try writeSettings(to: "whole.yaml", snapshots: folder.file("whole").path, group: "\(name)-whole")
        try expectSuccess(try millrace("run", "--until-end", config: "whole.yaml"), seconds: 120)
        return try finalStates(config: "whole.yaml")
    }

    /// Waits until so many different inputs have a prediction.
    func waitForPredictions(atLeast count: Int, process: ChildProcess) throws {
        let deadline = Date(timeIntervalSinceNow: 120)
        while Date() < deadline {
            guard process.isRunning else { throw EndToEndError("millrace ended: \(process.errors)") }
            let inputs = Set(try read("predictions").compactMap { $0.headers["millrace-input"] })
            if inputs.count >= count { return }
            Thread.sleep(forTimeInterval: 0.1)
        }
        throw EndToEndError("fewer than \(count) predictions after two minutes: \(process.errors)")
    }
}
