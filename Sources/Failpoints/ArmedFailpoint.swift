#if FAILPOINTS
    internal import Glibc
    internal import Synchronization

    /// One order to end or halt the process, and how often its point was hit.
    final class ArmedFailpoint: Sendable {
        private enum Order {
            /// A signal at the n-th hit of one point, from 1.
            case at(Failpoint, hit: Int, signal: Int32)
            /// SIGKILL at a hit of any point, with a chance of one in `oneIn`.
            case random(seed: UInt64, oneIn: UInt64)
        }

        private let order: Order
        private let hits = Atomic<Int>(0)

        /// - Parameter text: `name:hit`, `name:hit:pause` or `random:SEED:1/N`; nil for anything else.
        init?(_ text: String, point: (String) -> Failpoint?) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            if parts.count == 3, parts[0] == "random", let seed = UInt64(parts[1]), parts[2].hasPrefix("1/"),
                let oneIn = UInt64(parts[2].dropFirst(2)), oneIn > 0
            {
                order = .random(seed: seed, oneIn: oneIn)
            } else if parts.count == 2 || (parts.count == 3 && parts[2] == "pause"), let hit = Int(parts[1]), hit > 0,
                let point = point(parts[0])
            {
                order = .at(point, hit: hit, signal: parts.count == 3 ? SIGSTOP : SIGKILL)
            } else {
                return nil
            }
        }

        func hit(_ point: Failpoint) {
            switch order {
            case .at(let chosen, let hit, let signal):
                guard point == chosen else { break }
                if hits.add(1, ordering: .relaxed).newValue == hit { end(at: point, hit: hit, by: signal) }
            case .random(let seed, let oneIn):
                let hit = hits.add(1, ordering: .relaxed).newValue
                if Self.mixed(seed &+ UInt64(hit)) % oneIn == 0 { end(at: point, hit: hit, by: SIGKILL) }
            }
        }

        /// Says where, because a test wants to know, and sends the signal to the own process.
        private func end(at point: Failpoint, hit: Int, by signal: Int32) {
            let name = millrace_failpoint_name(UInt(point.rawValue)).map { String(cString: $0) } ?? "?"
            say("failpoint \(name):\(hit) signal \(signal)\n")
            kill(getpid(), signal)
        }

        /// SplitMix64's finalizer (Steele, Lea and Flood, OOPSLA 2014).
        private static func mixed(_ value: UInt64) -> UInt64 {
            var bits = value &* 0x9E37_79B9_7F4A_7C15
            bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            return bits ^ (bits >> 31)
        }
    }
#endif
