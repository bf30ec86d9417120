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

    /// The broker never gives up a member, so the one that dies comes back under its own name. Partitions are revoked, or,
    /// where the group was quicker than the member, lost.
    @Test(arguments: DeliveryCheck.Promise.all, ["revoked:1,lost:1", "assigned:2", "restore:3"])
    func `a process that is killed in the middle of a rebalance comes back, and nothing is lost`(
        promise: DeliveryCheck.Promise, failpoint: String
    ) throws {
        let trial = try DeliveryTrial(promise, partitions: 4, instance: "first")
        try trial.writeMember("second.yaml", instance: "second")
        try trial.feed(200)
        let first = try trial.start(["run"], failpoint: failpoint)
        #expect(first.waitFor("task begins", seconds: 60), "\(first.errors)")
        let second = try trial.start(["run"], config: "second.yaml")
        try feed(trial, until: "the first one is killed") { !first.isRunning }
        #expect(first.wait(seconds: 1) == .signal(SIGKILL), "\(first.errors)")
        let again = try trial.start(["run"])
        try feed(trial, until: "both have partitions") { again.hasTask && second.hasTask }
        for process in [again, second] {
            process.send(signal: SIGTERM)
            #expect(process.wait(seconds: 60) == .exit(0), "\(process.errors)")
        }
        try finishByBoth(trial)
    }

    /// The first one stands still while its partitions are given to others: it takes part in nothing, and may do nothing.
    @Test(arguments: DeliveryCheck.Promise.all, ["restore:3:pause", "restore:3:pause,lost:1"])
    func `partitions that are lost while the process stood still are given up without a commit, and read again`(
        promise: DeliveryCheck.Promise, failpoint: String
    ) throws {
        let trial = try DeliveryTrial(promise, partitions: 4, instance: "first")
        try trial.writeMember("second.yaml", instance: "second")
        try trial.feed(200)
        let first = try trial.start(["run"], failpoint: failpoint)
        #expect(first.waitFor("failpoint restore:3", seconds: 60), "\(first.errors)")
        let second = try trial.start(["run"], config: "second.yaml")
        #expect(second.waitFor("started", seconds: 60), "\(second.errors)")
        try trial.feed(100)
        first.send(signal: SIGCONT)
        try feed(trial, until: "both have partitions, or the first one is killed") {
            !first.isRunning || (first.hasTask && second.hasTask)
        }
        for process in [first, second] {
            process.send(signal: SIGTERM)
            let ending = process.wait(seconds: 60)
            #expect(ending == .exit(0) || ending == .signal(SIGKILL), "\(process.errors)")
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
                try feed(trial, until: "it has a partition") { member.hasTask }
            } else {
                let member = members.remove(at: Int.random(in: 0..<members.count, using: &random))
                trial.note("member \(member.identifier) leaves \(members.count) others")
                member.send(signal: SIGTERM)
                try feed(trial, until: "it has left") { !member.isRunning }
                #expect(member.wait(seconds: 1) == .exit(0), "\(member.errors)")
            }
            for member in members where !member.isRunning {
                throw EndToEndError(trial.story)
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
        _ trial: DeliveryTrial, until what: String, _ condition: () -> Bool
    ) throws {
        let deadline = Date(timeIntervalSinceNow: 60)
        while !condition() {
            guard deadline.timeIntervalSinceNow > 0 else {
                throw EndToEndError("not within a minute: \(what)\n\(trial.story)")
            }
            try trial.feed(8)
            Thread.sleep(forTimeInterval: 0.05)  // the load: some 150 records a second
        }
    }

    /// Static members keep their partitions while they are away, so both have to read to the end.
    private func finishByBoth(_ trial: DeliveryTrial) throws {
        let members = try [trial.start(["run"]), trial.start(["run"], config: "second.yaml")]
        for member in members { #expect(member.waitFor("started", seconds: 60), "\(member.errors)") }
        let deadline = Date(timeIntervalSinceNow: 60)
        while try trial.pipeline.lag() > 0, deadline.timeIntervalSinceNow > 0 { Thread.sleep(forTimeInterval: 0.1) }
        for member in members {
            member.send(signal: SIGTERM)
            #expect(member.wait(seconds: 60) == .exit(0), "\(member.errors)")
        }
        let findings = try trial.findings(in: trial.pipeline.observe())
        #expect(findings.prefix(20) == [], "\(trial.story)")
    }
}

extension ChildProcess {
    /// It has a partition, or had one.
    fileprivate var hasTask: Bool { errors.contains("task restored") || errors.contains("task begins") }
}
