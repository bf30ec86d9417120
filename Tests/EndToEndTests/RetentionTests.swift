import Foundation
import JSONTree
import Records
import Snapshots
import TestSupport
import Testing

/// Streams whose oldest records are gone.
@Suite(.serialized) struct RetentionTests {
    @Test func `a stream that begins late and can't write snapshots goes on, stops and starts without a repeat`() throws
    {
        let pipeline = try Pipeline()
        let records = StreamRecords.good(900, seed: 31)
        try pipeline.produce(Array(records[..<300]))
        try pipeline.deleteRecords(before: 100)
        // A file in the folder's place: it is in the way of root too.
        try pipeline.folder.write("in the way", to: "snapshots")
        let first = try pipeline.millrace("run")
        try pipeline.waitForPredictions(atLeast: 200, process: first)
        #expect(first.errors.contains("snapshot not written; the stream goes on"))
        first.send(signal: SIGTERM)
        #expect(first.wait(seconds: 40) == .exit(0), "\(first.errors)")

        try pipeline.produce(Array(records[300..<600]))
        let second = try pipeline.millrace("run", "--until-end")
        #expect(second.wait(seconds: 60) == .exit(1))
        #expect(second.errors.contains("the last snapshot could not be written"), "\(second.errors)")

        try FileManager.default.removeItem(at: pipeline.folder.file("snapshots"))
        try pipeline.produce(Array(records[600...]))
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 60)
        let inputs = try pipeline.read("predictions").compactMap { $0.headers["millrace-input"] }
        #expect(inputs.count == 800 && Set(inputs).count == 800)
        let whole = try pipeline.offlineState(of: records, from: 100)
        #expect(try pipeline.finalStates()[0] == "800 \(whole.metadata.checksum)")
    }

    @Test
    func `records that are gone stop the task with the offsets; allowed, they are in the drift topic and in snapshots`()
        throws
    {
        let pipeline = try Pipeline()
        let records = StreamRecords.good(700, seed: 32)
        try pipeline.produce(Array(records[..<300]))
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 60)
        try pipeline.produce(Array(records[300..<600]))
        try pipeline.deleteRecords(before: 400)
        let refused = try pipeline.millrace("run", "--until-end")
        #expect(refused.wait(seconds: 60) == .exit(1))
        #expect(refused.errors.contains("the records from 300 to 400 are gone"), "\(refused.errors)")

        let allowed = try pipeline.millrace("run", "--until-end", "--allow-gap")
        try pipeline.expectSuccess(allowed, seconds: 60)
        #expect(allowed.errors.contains("records are gone, and the task goes on without them"))
        try pipeline.produce(Array(records[600...]))
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 60)

        let told = try pipeline.read("drift").filter { $0.headers["ce_type"] == "io.millrace.input.gap" }
        #expect(told.map { $0.headers["ce_id"] } == ["\(pipeline.name)-0-gap-300-400"])
        #expect(told.map { $0.headers["millrace-input"] } == ["\(pipeline.topic("features"))/0/400"])
        let schema = try JSONSchema(named: "input-gap")
        for record in told { #expect(try schema.findings(JSONValue.parse(record.value ?? "")) == []) }

        let newest = try #require(try pipeline.newestSnapshots()[0]?["path"]?.stringValue)
        let snapshot = try Snapshot(contentsOf: newest)
        #expect(snapshot.metadata.gaps.map(\.description) == ["\(pipeline.topic("features"))/0@300..<400"])
        let whole = try pipeline.offlineState(of: records, leavingOut: 300..<400)
        #expect(try pipeline.finalStates()[0] == "600 \(whole.metadata.checksum)")
        let show = try ChildProcess(ChildProcess.millrace, ["snapshots", "show", newest, "--json"])
        try pipeline.expectSuccess(show, seconds: 30)
        #expect(try JSONValue.parse(show.output)["gaps"]?[0]?["from"] == 300)
    }

    @Test func `labels that are gone stop the task with their topic and offsets; allowed, the gap is told`() throws {
        let pipeline = try Pipeline(more: "topics.labels: <pipeline>.labels\nlabels: {wait: 24h}")
        let records = StreamRecords.good(400, seed: 33)
        let labels = records.enumerated().map { number, record in
            ProducedRecord(
                key: record.key,
                value: #"{"id":"r-\#(number)","label":"UP","timestamp":\#(1_700_000_005_000 + number * 10)}"#,
                partition: 0)
        }
        try pipeline.produce(Array(records[..<300]))
        try pipeline.produce(Array(labels[..<200]), to: "labels")
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 60)
        try pipeline.produce(Array(labels[200...]), to: "labels")
        try pipeline.produce(Array(records[300...]))
        try pipeline.deleteRecords(before: 350, of: "labels")
        let refused = try pipeline.millrace("run", "--until-end")
        #expect(refused.wait(seconds: 60) == .exit(1))
        let gap = "\(pipeline.topic("labels"))/0@200..<350"
        #expect(refused.errors.contains("the labels \(gap) are gone by retention"), "\(refused.errors)")

        let allowed = try pipeline.millrace("run", "--until-end", "--allow-gap")
        try pipeline.expectSuccess(allowed, seconds: 60)
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 60)
        let told = try pipeline.read("drift").filter { $0.headers["ce_type"] == "io.millrace.input.gap" }
        #expect(told.count == 1 && told[0].value?.contains(pipeline.topic("labels")) == true, "\(told)")
        #expect(try pipeline.read("predictions").count == 400)
        let newest = try #require(try pipeline.newestSnapshots()[0]?["path"]?.stringValue)
        let state = try Snapshot(contentsOf: newest).state
        let counters = try state.counters("labels/counters")
        #expect(counters.contains(250), "200 labels and the last 50 have met their records: \(counters)")
    }
}
