import TestSupport
import Testing

/// Kills at every failpoint in turn, and at random ones, with a check of everything in the end.
@Suite(.serialized) struct KillSweepTests {
    /// noida-db names in every answer all transactions that were ever aborted, so that a reader of the journal who goes on after
    /// one is shown nothing more of its producer: there `SharedModelKillTests` and `LateLabelKillTests` kill between transactions.
    private static let combinations = DeliveryCheck.Promise.all.flatMap { promise in
        DeliveryTrial.Kind.allCases.map { (promise, $0) }
    }.filter { promise, kind in
        promise == .atLeastOnce || !kind.isJournaled || (try? ExternalBroker.shared.get().isForeign) == true
    }

    @Test(arguments: combinations)
    func `killed at every failpoint and at random ones, a stream keeps its promise and ends in the same state`(
        promise: DeliveryCheck.Promise, kind: DeliveryTrial.Kind
    ) throws {
        try sweep(promise, kind, seed: .random(in: 0...UInt64.max / 2), kills: kind == .plain ? 40 : 25)
    }

    @Test(
        .enabled(if: LongSweep.kills > 0, "runs as `make sweep KILLS=200`"), arguments: combinations)
    func `so many kills cost nothing`(promise: DeliveryCheck.Promise, kind: DeliveryTrial.Kind) throws {
        try sweep(promise, kind, seed: LongSweep.seed, kills: LongSweep.kills)
    }

    @Test(arguments: DeliveryCheck.Promise.all)
    func `a stream that commits the last record's offset, not the next one, is found out`(
        promise: DeliveryCheck.Promise
    ) throws {
        let trial = try DeliveryTrial(promise, instance: "broken", breakage: "offset-plus-zero")
        let sweep = KillSweep(trial)
        // A first life that ends in good order: the last record that it commits comes again in the second one.
        try sweep.life("lost:1", feeding: 80)
        let findings = try trial.findings()
        #expect(findings.contains { $0.hasPrefix("committed position of partition 0") }, "\(findings)")
        let repeats = findings.contains { $0.contains(" 2 times") }
        #expect(repeats == (promise == .exactlyOnce), "\(findings)")
    }

    @Test(arguments: DeliveryCheck.Promise.all)
    func `a stream that drops its journal is found out`(promise: DeliveryCheck.Promise) throws {
        let trial = try DeliveryTrial(promise, .sharedModel, instance: "broken", breakage: "drop-journal")
        try trial.feed(200)
        let process = try trial.start(["run", "--until-end"])
        try trial.pipeline.expectSuccess(process, seconds: 60)
        let findings = try trial.findings(in: trial.pipeline.observe())
        #expect(findings.contains { $0.hasPrefix("state of partition 0") }, "\(findings)")
    }

    @Test func `a failpoint that there isn't ends the program with the names of those there are`() throws {
        let trial = try DeliveryTrial(.atLeastOnce)
        let process = try trial.start(["run", "--until-end"], failpoint: "nowhere:1")
        #expect(process.wait(seconds: 60) == .exit(64))
        #expect(process.errors.contains("nowhere:1") && process.errors.contains("snapshotWrite"), "\(process.errors)")
    }

    private func sweep(
        _ promise: DeliveryCheck.Promise, _ kind: DeliveryTrial.Kind, seed: UInt64, kills: Int
    ) throws {
        let trial = try DeliveryTrial(promise, kind, seed: seed, instance: "swept", own: true)
        let sweep = KillSweep(trial)
        let points = SweptFailpoints.all(promise, kind)
        for point in points { try sweep.life("\(point.name):1", feeding: 60) }
        for point in points where point.hits > 1 { try sweep.life("\(point.name):\(point.hits)", feeding: 80) }
        for point in points { #expect(sweep.kills[point.name] ?? 0 > 0, "no kill at \(point.name)\n\(trial.story)") }
        var random = SplitMix64(seed: seed)
        // Not every life dies: one that commits more often than it was to be killed for, say.
        for life in 0..<kills * 3 where sweep.killCount < kills {
            let live = Bool.random(using: &random)
            var failpoint = "random:\(random.next() % 1_000_000):1/150"
            if !life.isMultiple(of: 5), let point = points.randomElement(using: &random) {
                failpoint = "\(point.name):\(Int.random(in: 1...point.hits, using: &random))"
            }
            try sweep.life(failpoint, feeding: 60, live: live)
        }
        try trial.expectKept()
        #expect(sweep.killCount >= kills)
        let counts = sweep.kills.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        print("\(promise), \(kind): \(sweep.killCount) kills in \(sweep.lives) lives: \(counts)")
    }
}
