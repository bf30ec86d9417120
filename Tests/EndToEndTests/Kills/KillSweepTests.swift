import Foundation
import TestSupport
import Testing

/// Kills at every failpoint in turn, and at random ones, with a check of everything in the end.
@Suite(.serialized) struct KillSweepTests {
    @Test func `killed at every failpoint, an at-least-once stream loses nothing and ends in the same state`() throws {
        try sweep(.atLeastOnce, randomLives: 30)
    }

    /// The long one, `make sweep KILLS=200 SEED=1`: the same, until there were so many kills.
    @Test(
        .enabled(if: LongSweep.kills > 0, "runs as `make sweep KILLS=200`"),
        arguments: [DeliveryCheck.Promise.atLeastOnce])
    func `so many kills cost nothing`(promise: DeliveryCheck.Promise) throws {
        try sweep(promise, seed: LongSweep.seed, randomLives: LongSweep.kills * 2, kills: LongSweep.kills)
    }

    private func sweep(
        _ promise: DeliveryCheck.Promise, seed: UInt64 = .random(in: 0...UInt64.max / 2), randomLives: Int,
        kills: Int = 0
    ) throws {
        print("the sweep's seed is \(seed)")
        // A broker of its own: this one keeps everything in one file and slows down with what others left in it.
        let sweep = try KillSweep(promise, seed: seed, broker: ExternalBroker())
        let names = SweptFailpoints.names(promise)
        for hit in [1, 2, 3, 7, 20, 47] {
            for name in names { try sweep.life("\(name):\(hit)", feeding: 60) }
        }
        for name in names { #expect(sweep.kills[name] ?? 0 > 0, "no kill at \(name)") }
        var random = SeededGenerator(seed: seed)
        for life in 0..<randomLives where kills == 0 || sweep.killCount < kills {
            let live = Bool.random(using: &random)
            let failpoint =
                life.isMultiple(of: 5)
                ? "random:\(random.next() % 1_000_000):1/200"
                : "\(names.randomElement(using: &random) ?? ""):\(Int.random(in: 1...60, using: &random))"
            try sweep.life(failpoint, feeding: 60, live: live)
        }
        let findings = try sweep.findings()
        #expect(findings.prefix(20) == [], "seed \(seed)\n\(sweep.diary.joined(separator: "\n"))")
        #expect(sweep.killCount >= kills)
        print("\(sweep.killCount) kills in \(sweep.diary.count) lives: \(sweep.kills.sorted { $0.key < $1.key })")
    }
}

/// How long a sweep is asked for by the environment.
enum LongSweep {
    static let kills = number("MILLRACE_SWEEP_KILLS").map { Int($0) } ?? 0
    static let seed = number("MILLRACE_SWEEP_SEED") ?? .random(in: 0...UInt64.max / 2)

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same choices from the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
