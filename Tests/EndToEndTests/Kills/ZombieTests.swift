import Foundation
import TestSupport
import Testing

/// A process that was taken for dead, and comes back.
@Suite(.serialized) struct ZombieTests {
    /// Where the first process stands still, in the middle of its work.
    @Test(arguments: DeliveryCheck.Promise.all, ["learn:120", "produce:60", "snapshotWrite:2", "rename:3"])
    func `a process that stood still while another took its name is fenced, and says so`(
        promise: DeliveryCheck.Promise, failpoint: String
    ) throws {
        let trial = try DeliveryTrial(promise, instance: "twin")
        try trial.feed(300)
        let zombie = try trial.start(["run"], failpoint: "\(failpoint):pause")
        #expect(zombie.waitFor("failpoint \(failpoint)", seconds: 60), "\(zombie.errors)")
        try trial.feed(100)
        let heir = try trial.pipeline.millrace("run")
        try trial.pipeline.waitForPredictions(atLeast: 380, process: heir)

        zombie.send(signal: SIGCONT)
        try trial.feed(100)
        let ending = zombie.wait(seconds: 60)
        #expect(ending == .exit(1), "\(String(describing: ending))")
        #expect(zombie.errors.lowercased().contains("fenced"), "\(zombie.errors)")
        try trial.pipeline.waitForPredictions(atLeast: 480, process: heir)
        heir.send(signal: SIGTERM)
        #expect(heir.wait(seconds: 40) == .exit(0), "\(heir.errors)")
        try trial.expectKept()
    }
}
