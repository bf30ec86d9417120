import TestSupport
import Testing

/// Feature records that come in transactions, some of which are aborted.
@Suite(.serialized) struct AbortedInputTests {
    @Test(arguments: DeliveryCheck.Promise.all)
    func `records of aborted transactions are never predicted or learned, with kills in between`(
        promise: DeliveryCheck.Promise
    ) throws {
        let trial = try DeliveryTrial(promise, instance: "reader")
        let sweep = KillSweep(trial)
        for (round, failpoint) in ["learn:47", "snapshotWrite:2", "replay:11", "produce:130"].enumerated() {
            // Five transactions, of which the second and the fourth are aborted; then four, with which the topic ends.
            let records = StreamRecords.good(round == 3 ? 120 : 150, seed: UInt64(90 + round), partitions: 2)
            try trial.pipeline.produceAborting(records, size: 30)
            trial.written += round == 3 ? 60 : 90
            try sweep.life(failpoint, feeding: 0)
        }
        #expect(sweep.killCount >= 3, "\(sweep.kills)")
        try trial.expectKept()
        let observed = try trial.pipeline.observe()
        #expect(observed.predictions.isEmpty == false)
        #expect(try trial.pipeline.read("features", isolation: "read_uncommitted").count == 570, "the aborted ones too")
    }
}
