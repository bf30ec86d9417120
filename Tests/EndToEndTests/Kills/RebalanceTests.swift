import Foundation
import TestSupport
import Testing

/// Processes that come and go while records flow.
@Suite(.serialized) struct RebalanceTests {
    @Test(arguments: DeliveryCheck.Promise.all)
    func `one to four processes that come and go under load lose nothing and keep every model`(
        promise: DeliveryCheck.Promise
    ) throws {
        try comeAndGo(promise, rebalances: 8, seed: .random(in: 0...UInt64.max / 2))
    }

    @Test(
        .enabled(if: LongSweep.rebalances > 0, "runs as `make sweep REBALANCES=50`"),
        arguments: DeliveryCheck.Promise.all)
    func `so many rebalances cost nothing`(promise: DeliveryCheck.Promise) throws {
        try comeAndGo(promise, rebalances: LongSweep.rebalances, seed: LongSweep.seed)
    }

    /// The broker never gives up a member, so the one that dies comes back under its own name.
    @Test(arguments: DeliveryCheck.Promise.all, ["revoked:1", "assigned:2", "restore:3"])
    func `a process that is killed in the middle of a rebalance comes back, and nothing is lost`(
        promise: DeliveryCheck.Promise, failpoint: String
    ) throws {
        let trial = try DeliveryTrial(promise, partitions: 4, instance: "first")
        try trial.writeMember("second.yaml", instance: "second")
        try trial.feed(200)
        let first = try trial.start(["run"], failpoint: failpoint)
        #expect(first.waitFor("task begins", seconds: 60), "\(first.errors)")
        let second = try trial.start(["run"], config: "second.yaml")
        try feed(trial, until: "the first one is killed", [first, second]) { !first.isRunning }
        #expect(first.wait(seconds: 1) == .signal(SIGKILL), "\(first.errors)")
        let again = try trial.start(["run"])
        try feed(trial, until: "both have partitions", [again, second]) {
            again.errors.contains("task restored") && second.errors.contains("task restored")
        }
        for process in [again, second] {
            process.send(signal: SIGTERM)
            #expect(process.wait(seconds: 60) == .exit(0), "\(process.errors)")
        }
        try finishByBoth(trial)
    }

    private func comeAndGo(_ promise: DeliveryCheck.Promise, rebalances: Int, seed: UInt64) throws {
        let trial = try DeliveryTrial(promise, partitions: 4, seed: seed, own: true)
        var random = SplitMix64(seed: seed)
        var members: [ChildProcess] = []
        for _ in 0..<rebalances {
            let joins = members.isEmpty || (members.count < 4 && Bool.random(using: &random))
            if joins {
                let member = try trial.start(["run"])
                members.append(member)
                trial.note("member \(member.identifier) joins \(members.count - 1) others")
                try feed(trial, until: "it has a partition", members) {
                    member.errors.contains("task restored") || member.errors.contains("task begins")
                }
            } else {
                let member = members.remove(at: Int.random(in: 0..<members.count, using: &random))
                trial.note("member \(member.identifier) leaves \(members.count) others")
                member.send(signal: SIGTERM)
                try feed(trial, until: "it has left", members) { !member.isRunning }
                #expect(member.wait(seconds: 1) == .exit(0), "\(member.errors)")
            }
            for member in members where !member.isRunning {
                throw EndToEndError("\(trial.diary.joined(separator: "\n"))\n\(member.errors)")
            }
        }
        for member in members {
            member.send(signal: SIGTERM)
            #expect(member.wait(seconds: 60) == .exit(0), "\(member.errors)")
        }
        try trial.expectKept()
    }

    /// Feeds a little at a time until something has come about.
    private func feed(
        _ trial: DeliveryTrial, until what: String, _ members: [ChildProcess], _ condition: () -> Bool
    ) throws {
        let deadline = Date(timeIntervalSinceNow: 60)
        while !condition() {
            guard deadline.timeIntervalSinceNow > 0 else {
                let logs = members.map(\.errors).joined(separator: "\n")
                throw EndToEndError("not within a minute: \(what)\n\(trial.diary.joined(separator: "\n"))\n\(logs)")
            }
            try trial.feed(8)
            Thread.sleep(forTimeInterval: 0.05)  // the load: some 150 records a second
        }
    }

    /// Static members keep their partitions while they are away, so both have to read to the end.
    private func finishByBoth(_ trial: DeliveryTrial) throws {
        let first = try trial.start(["run", "--until-end"])
        let second = try trial.start(["run", "--until-end"], config: "second.yaml")
        for process in [first, second] { try trial.pipeline.expectSuccess(process, seconds: 120) }
        let findings = try trial.findings(in: trial.pipeline.observe())
        #expect(findings.prefix(20) == [], "\(trial.diary.joined(separator: "\n"))")
    }
}
