import OnlineLearning
import Records
import Settings
import Snapshots
import StreamTasks
import TestSupport
import Testing

/// What is done about an alert, and that it helps.
@Suite struct DriftResponseTests {
    private static let slow = "{kind: logistic, optimizer: {kind: adagrad, step-size: 0.05}}"

    private func run(_ action: String, change: ChangingStream.Change, seed: UInt64) throws -> (Double, ResponseTally) {
        let settings = try ChangingStream.settings(
            "drift: [{watch: error}]\nalerts: {action: \(action)}", model: Self.slow)
        var driver = try TaskDriver(settings)
        var stream = ChangingStream(seed: seed)
        for index in 0..<24_000 { driver.pipe(stream.next(index < 16_000 ? .none : change)) }
        let accuracy = driver.task.evaluation.overall.accuracy
        return (try #require(accuracy), driver.task.responses)
    }

    @Test(arguments: ["reset-model", "swap-model", "raise-step-size"])
    func `after an abrupt change of the concept the model is better than without`(_ action: String) throws {
        let (plain, nothing) = try run("none", change: .concept, seed: 21)
        let (helped, done) = try run(action, change: .concept, seed: 21)
        #expect(nothing == ResponseTally())
        #expect(done.raised + done.modelsReset + done.swapped >= 1, "\(done)")
        #expect(helped > plain + 0.005, "\(helped) against \(plain)")
    }

    @Test func `a scaler starts anew, and the stream goes on`() throws {
        let (_, done) = try run("reset-scaler", change: .concept, seed: 22)
        #expect(done.scalersReset >= 1)
    }

    @Test(arguments: ["reset-model", "swap-model", "raise-step-size", "reset-scaler"])
    func `nothing is done where nothing changes`(_ action: String) throws {
        let (plain, _) = try run("none", change: .none, seed: 23)
        let (same, done) = try run(action, change: .none, seed: 23)
        #expect(done == ResponseTally() && same == plain)
    }

    @Test func `what isn't about the concept isn't acted upon`() throws {
        var driver = try TaskDriver(
            ChangingStream.settings("drift: [{watch: feature}]\nalerts: {action: reset-model}"))
        var stream = ChangingStream(seed: 24)
        for index in 0..<30_000 { driver.pipe(stream.next(index < 15_000 ? .none : .feature)) }
        #expect(try notices(driver).first == "alert feature.n")
        #expect(driver.task.responses == ResponseTally())
    }

    @Test(arguments: ["swap-model", "raise-step-size", "reset-model", "reset-scaler", "none"])
    func `at every 97th record of a drifting stream a snapshot restores byte for byte`(_ action: String) throws {
        let numbers =
            action == "swap-model" ? ", records: 900, window: 60" : action == "raise-step-size" ? ", records: 300" : ""
        let settings = try ChangingStream.settings(
            """
            evaluation: {window: 100 records}
            drift:
              - {watch: error, warm-up: 200}
              - {watch: loss, detector: adwin}
              - {watch: feature, window: 40, every: 2, reference: {records: 80}}
              - {watch: prediction, detector: psi, window: 30, every: 3, reference: {rolling: 90}}
              - {watch: quality}
              - {watch: metric}
            alerts: {warm-up: 100, cool-down: 200, budget: 0.9, records-per-day: 1000, action: \(action)\(numbers)}
            """, model: Self.slow)
        var stream = ChangingStream(seed: 25)
        let records = (0..<3_000).map { index -> String in
            stream.next(index < 1_000 ? .none : ChangingStream.Change.allCases[(index / 700) % 7])
        }
        var whole = try TaskDriver(settings)
        var cuts: [(Int, Snapshot)] = []
        for (index, record) in records.enumerated() {
            if index % 97 == 0 { cuts.append((index, whole.task.snapshot(writtenAt: 5))) }
            whole.pipe(record, timestamp: 1_700_000_100_000)
        }
        let end = whole.task.snapshot(writtenAt: 5)
        #expect(whole.sink.drift.contains { $0.kind == .alert })
        if action != "none" { #expect(whole.task.responses != ResponseTally()) }
        for (cut, snapshot) in cuts {
            var again = try TaskDriver(settings)
            try again.restore(SnapshotFormat.decode(SnapshotFormat.encode(snapshot)))
            #expect(again.task.snapshot(writtenAt: 5) == snapshot, "at \(cut)")
            for record in records[cut...] { again.pipe(record, timestamp: 1_700_000_100_000) }
            #expect(again.task.snapshot(writtenAt: 5) == end, "from \(cut)")
            #expect(again.sink.drift == Array(whole.sink.drift.suffix(again.sink.drift.count)), "from \(cut)")
        }
    }
}
