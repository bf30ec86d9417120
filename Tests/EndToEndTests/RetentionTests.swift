import Foundation
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
}
