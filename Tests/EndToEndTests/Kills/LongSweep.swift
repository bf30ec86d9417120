import Foundation

/// How long a sweep the environment asks for: `make sweep KILLS=200 REBALANCES=50 SEED=1`.
enum LongSweep {
    static let kills = number("MILLRACE_SWEEP_KILLS").map { Int($0) } ?? 0
    static let rebalances = number("MILLRACE_SWEEP_REBALANCES").map { Int($0) } ?? 0
    static let seed = number("MILLRACE_SWEEP_SEED") ?? .random(in: 0...UInt64.max / 2)

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }
}
