import Foundation
import JSONTree
import TestSupport
import Testing

@Suite(.serialized) struct ExactlyOnceTests {
    private static let settings = "delivery: exactly-once\ncommit: {interval: 20 ms}"

    @Test func `readers of committed records get one prediction an input, and the offsets move with them`() throws {
        let pipeline = try Pipeline(partitions: 2, more: Self.settings, instance: "one")
        try pipeline.produce(StreamRecords.good(4_000, seed: 51, partitions: 2))
        try pipeline.produce(StreamRecords.bad.map { ProducedRecord(key: "bad", value: $0, partition: 0) })
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 120)
        try pipeline.expectEachOnce(4_000, deadLetters: StreamRecords.bad.count)
        // Nothing is left to do, and a second start does nothing.
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 120)
        try pipeline.expectEachOnce(4_000, deadLetters: StreamRecords.bad.count)
    }

    @Test
    func `after kill -9 there is still one prediction an input, and the state is that of a run that never stopped`()
        throws
    {
        let pipeline = try Pipeline(partitions: 2, more: Self.settings, instance: "one")
        for part in 0..<4 {
            try pipeline.produce(StreamRecords.good(1_500, seed: UInt64(60 + part), partitions: 2))
            let run = try pipeline.millrace("run")
            try pipeline.waitForPredictions(atLeast: part * 1_500 + 100 + part * 300, process: run)
            run.send(signal: SIGKILL)
            _ = run.wait(seconds: 10)
        }
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 120)
        try pipeline.expectEachOnce(6_000)
        let state = try pipeline.finalStates()
        #expect(try pipeline.uninterruptedStates() == state)
    }
}

extension Pipeline {
    /// What a reader of committed records must find.
    func expectEachOnce(
        _ predictions: Int, deadLetters: Int = 0, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let inputs = try read("predictions").map { $0.headers["millrace-input"] ?? "none" }
        #expect(inputs.count == predictions, "predictions", sourceLocation: sourceLocation)
        #expect(Set(inputs).count == predictions, "inputs with a prediction", sourceLocation: sourceLocation)
        let dead = try read("dead-letters").map { $0.headers["millrace-input"] ?? "none" }
        #expect(dead.count == deadLetters, "dead letters", sourceLocation: sourceLocation)
        #expect(Set(dead).intersection(inputs).isEmpty, sourceLocation: sourceLocation)
    }
}
