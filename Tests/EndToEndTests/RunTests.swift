import Foundation
import JSONTree
import TestSupport
import Testing

@Suite(.serialized) struct RunTests {
    @Test func `records from another client are predicted, refused ones are dead letters, and all can be read`() throws
    {
        let pipeline = try Pipeline(partitions: 2)
        var records = StreamRecords.good(1_000, seed: 1, partitions: 2)
        for (index, bad) in StreamRecords.bad.enumerated() {
            records.insert(ProducedRecord(key: "bad", value: bad, partition: index % 2), at: 100 + index * 7)
        }
        try pipeline.produce(records)
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 90)

        let predictions = try pipeline.read("predictions")
        let deadLetters = try pipeline.read("dead-letters")
        #expect(predictions.count == 1_000)
        #expect(deadLetters.count == StreamRecords.bad.count)
        #expect(Set((predictions + deadLetters).compactMap { $0.headers["millrace-input"] }).count == records.count)
        let schema = try JSONSchema(named: "prediction")
        for prediction in predictions {
            let value = try JSONValue.parse(prediction.value ?? "")
            #expect(schema.findings(value) == [])
            #expect(prediction.headers["traceparent"] == "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        }
        for letter in deadLetters {
            #expect(letter.headers["origin"] == "python", "its own headers are kept")
            #expect(letter.headers["__connect.errors.topic"] == pipeline.topic("features"))
            #expect(letter.headers["__connect.errors.stage"] == "decode")
            #expect(letter.headers["__connect.errors.exception.message"]?.isEmpty == false)
            #expect(letter.key == "bad")
        }
        #expect(Set(deadLetters.map(\.value)) == Set(StreamRecords.bad))
        let drift = try pipeline.read("drift")
        #expect(drift.contains { $0.key == "loss" && $0.headers["ce_id"] == nil })
        let snapshots = try pipeline.newestSnapshots()
        #expect(snapshots.count == 2)
        #expect(snapshots.values.allSatisfy { $0["verified"] == true })
        #expect(snapshots.values.compactMap { $0["records"]?.integerValue }.reduce(0, +) == Int64(records.count))
    }

    @Test func `a first signal drains, commits, snapshots and exits 0`() throws {
        let pipeline = try Pipeline()
        try pipeline.produce(StreamRecords.good(2_000, seed: 2))
        let run = try pipeline.millrace("run")
        #expect(run.waitFor("task begins", seconds: 60))
        try pipeline.waitForPredictions(atLeast: 2_000, process: run)
        run.send(signal: SIGTERM)
        #expect(run.wait(seconds: 40) == .exit(0), "\(run.errors)")
        #expect(try pipeline.newestSnapshots()[0]?["records"] == 2_000)
        // What was committed is where the next start begins: nothing is predicted twice.
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 60)
        #expect(try pipeline.read("predictions").count == 2_000)
    }

    @Test func `a position that was committed behind the last record doesn't keep a task replaying`() throws {
        let pipeline = try Pipeline()
        try pipeline.produceInTransaction(StreamRecords.good(200, seed: 3))
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 60)
        // The transaction's marker stands at 200: this is what a reset to the latest offset commits.
        try pipeline.commit(201)
        let idle = try pipeline.millrace("run", "--until-end")
        try pipeline.expectSuccess(idle, seconds: 60)
        #expect(idle.errors.contains("task is live"), "\(idle.errors)")
        try pipeline.produce(StreamRecords.good(100, seed: 4))
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 60)
        let inputs = try pipeline.read("predictions").compactMap { $0.headers["millrace-input"] }
        #expect(inputs.count == 300 && Set(inputs).count == 300)
        #expect(try pipeline.newestSnapshots()[0]?["records"] == 300)
    }

    @Test func `settings that are wrong exit 1 with every error, and a missing topic is named`() throws {
        let pipeline = try Pipeline()
        try pipeline.folder.write("pipeline: x\nfeatures: []\nnonsense: 1\n", to: "wrong.yaml")
        let wrong = try pipeline.millrace("run", config: "wrong.yaml")
        #expect(wrong.wait(seconds: 30) == .exit(1))
        #expect(wrong.errors.contains("nonsense"))
        #expect(wrong.errors.contains("bootstrap.servers"))
        try pipeline.writeSettings(
            to: "missing.yaml", snapshots: pipeline.snapshots, group: "g",
            more: "topics: {features: there-is-no-such-topic}")
        let missing = try pipeline.millrace("run", config: "missing.yaml")
        #expect(missing.wait(seconds: 60) == .exit(1))
        #expect(missing.errors.contains("there-is-no-such-topic"), "\(missing.errors)")
        let check = try pipeline.millrace("check", config: "missing.yaml")
        #expect(check.wait(seconds: 60) == .exit(1))
        #expect(check.output.contains("there-is-no-such-topic"))
        try pipeline.expectSuccess(try pipeline.millrace("check"), seconds: 60)
    }
}
