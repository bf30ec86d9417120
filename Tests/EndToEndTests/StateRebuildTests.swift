import Foundation
import JSONTree
import KafkaClient
import Records
import Settings
import Snapshots
import StreamTasks
import StreamTestSupport
import TestSupport
import Testing

/// `millrace state rebuild` against a run that recorded what its model said.
@Suite(.serialized) struct StateRebuildTests {
    @Test func `the state at any offset is that of a task that stops there, and predicts what was predicted there`()
        throws
    {
        let pipeline = try Pipeline()
        let records = StreamRecords.good(3_000, seed: 41)
        // Stopped in between, so that snapshots stand at places of their own.
        try pipeline.produce(Array(records[..<1_300]))
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 90)
        try pipeline.produce(Array(records[1_300...]))
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 90)
        let predicted = Dictionary(
            try pipeline.read("predictions").map { ($0.headers["millrace-input"] ?? "", $0.value ?? "") }
        ) { first, _ in first }
        let committed = try pipeline.committed()
        let kept = try pipeline.snapshotPositions()
        #expect(kept.contains(1_300), "\(kept)")

        for offset in [0, 1, 1_299, 1_300, 1_301, 2_222, 2_999, 3_000] as [Int64] {
            let report = try pipeline.rebuild(at: offset)
            let whole = try pipeline.offlineState(of: records, to: offset)
            #expect(report["checksum"]?.stringValue == whole.metadata.checksum, "the state at \(offset)")
            #expect(report["records"]?.integerValue == offset)
            #expect(report["from"]?["position"]?.integerValue == kept.filter { $0 <= offset }.max(), "at \(offset)")
            let snapshot = try Snapshot(contentsOf: report["path"]?.stringValue ?? "")
            #expect(snapshot.metadata.positions.map(\.next) == [NextOffset(offset)])
            guard offset < 3_000 else { continue }
            let said = try pipeline.prediction(of: records[Int(offset)], at: offset, by: snapshot)
            #expect(said == predicted["\(pipeline.topic("features"))/0/\(offset)"], "the prediction at \(offset)")
        }
        #expect(try pipeline.committed() == committed, "nothing is committed")
        #expect(try pipeline.snapshotPositions() == kept, "and nothing is saved elsewhere")
    }

    @Test func `a shared model's state is rebuilt with what it had heard of the others by then`() throws {
        let pipeline = try Pipeline(partitions: 2, more: "model.scope: shared\ncommit: {interval: 20 ms}")
        // Who starts finds what the others have told in the run before, at the latest.
        for seed in 43..<47 as Range<UInt64> {
            try pipeline.produce(StreamRecords.good(1_000, seed: seed, partitions: 2))
            try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 90)
        }
        let run = try pipeline.expectJournaled(4_000, isExact: true)
        #expect(run.otherRuns >= 2, "messages of the other task were consumed")
        let records = try pipeline.read("features").filter { $0.partition == 0 }

        for offset in [0, 5, 700, 1_001, 1_999] {
            let report = try pipeline.rebuild(at: Int64(offset))
            let snapshot = try Snapshot(contentsOf: report["path"]?.stringValue ?? "")
            let record = ProducedRecord(key: records[offset].key, value: records[offset].value, partition: 0)
            let said = try pipeline.prediction(of: record, at: Int64(offset), by: snapshot)
            let recorded = run.predictions["\(pipeline.topic("features"))/0/\(offset)"]
            #expect(said == recorded.map { String(decoding: $0, as: UTF8.self) }, "the prediction at \(offset)")
        }
        // The end: what was heard after the last record is in it too.
        let end = try pipeline.rebuild(at: 2_000)
        #expect(
            run.states[0] == "\(end["records"]?.integerValue ?? 0) \(end["checksum"]?.stringValue ?? "")")
    }

    @Test func `what can't be rebuilt is refused with the offsets, and a file that is there is left alone`() throws {
        let pipeline = try Pipeline()
        try pipeline.produce(StreamRecords.good(1_000, seed: 42))
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 90)
        #expect(try pipeline.refusal(offset: "1001").contains("the partition ends at 1000"))
        #expect(try pipeline.refusal(offset: "5", partition: "3").contains("there is no 3"))
        let there = try pipeline.folder.write("mine", to: "there.safetensors")
        #expect(try pipeline.refusal(offset: "5", more: ["--output", there]).contains("is there already"))
        #expect(try String(contentsOfFile: there, encoding: .utf8) == "mine")

        try pipeline.deleteRecords(before: 900)
        let newest = try #require(try pipeline.snapshotPositions().max())
        #expect(newest == 1_000)
        #expect(try pipeline.rebuild(at: newest)["replayed"]?.integerValue == 0, "its own snapshot needs no record")
        #expect(try pipeline.refusal(offset: "850").contains("are gone"))
        try pipeline.writeSettings(
            to: "millrace.yaml", snapshots: pipeline.snapshots, group: pipeline.name, more: "scaling: {fading: 0.5}")
        #expect(try pipeline.refusal(offset: "1000").contains("was made with other settings"))
    }
}

extension Pipeline {
    /// What `millrace state rebuild --json` says; the file is written beside the settings.
    fileprivate func rebuild(at offset: Int64) throws -> JSONValue {
        let file = folder.file("at-\(offset).safetensors").path
        let process = try millrace(
            "state", "rebuild", "--partition", "0", "--offset", String(offset), "--output", file, "--json")
        try expectSuccess(process, seconds: 60)
        return try JSONValue.parse(process.output)
    }

    fileprivate func refusal(offset: String, partition: String = "0", more: [String] = []) throws -> String {
        let process = try ChildProcess(
            ChildProcess.millrace,
            ["state", "rebuild", "--partition", partition, "--offset", offset] + more + [
                "--config", folder.file("millrace.yaml").path,
            ])
        let ending = process.wait(seconds: 60)
        guard ending == .exit(1) else { throw EndToEndError("\(String(describing: ending)): \(process.output)") }
        return process.errors
    }

    /// The positions of the snapshots that are kept.
    fileprivate func snapshotPositions() throws -> [Int64] {
        SnapshotListing.all(root: snapshots, pipeline: name).compactMap {
            $0.metadata?.positions.first?.next.rawValue
        }.sorted()
    }

    fileprivate func committed() throws -> Int64? {
        let consumer = try Consumer(
            properties: ["bootstrap.servers": broker.bootstrapServers, "group.id": name], log: { _ in })
        defer { consumer.close(deadlineMilliseconds: 10_000) }
        let place = TopicPartition(topic: topic("features"), partition: 0)
        return try consumer.committed([place], timeoutMilliseconds: 30_000)[place]?.rawValue
    }

    /// What a task with this state predicts for the record at `offset`.
    fileprivate func prediction(
        of record: ProducedRecord, at offset: Int64, by snapshot: Snapshot
    ) throws -> String? {
        var driver = try TaskDriver(PipelineSettings.load(path: folder.file("millrace.yaml").path, environment: [:]))
        try driver.restore(snapshot)
        driver.pipe(record.value ?? "", key: record.key)
        #expect(driver.sink.predictions.map(\.offset) == [offset])
        return driver.sink.predictions.first?.text
    }
}
