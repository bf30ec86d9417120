#if FAILPOINTS
    internal import Glibc
    internal import Synchronization

    /// What the environment asks for, and how often each point was hit.
    final class FailpointPlan: Sendable {
        enum Order: Equatable {
            case none
            /// A signal at the n-th hit of one point, from 1.
            case at(Failpoint, hit: Int, signal: Int32)
            /// SIGKILL at a hit of any point, with a chance of one in `oneIn`.
            case random(seed: UInt64, oneIn: UInt64)
        }

        static let variable = "MILLRACE_FAILPOINT"
        static let fromEnvironment = FailpointPlan(environment(variable).map(order) ?? .none)

        private let order: Order
        private let hits = Atomic<Int>(0)

        init(_ order: Order) { self.order = order }

        func hit(_ point: Failpoint) {
            switch order {
            case .none: break
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

        /// `name:hit`, `name:hit:pause` or `random:SEED:1/N`. Anything else ends the process: a test that asks for a point
        /// that isn't there must not pass.
        static func order(_ text: String) -> Order {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            if parts.count == 3, parts[0] == "random", let seed = UInt64(parts[1]), parts[2].hasPrefix("1/"),
                let oneIn = UInt64(parts[2].dropFirst(2)), oneIn > 0
            {
                return .random(seed: seed, oneIn: oneIn)
            }
            if parts.count == 2 || (parts.count == 3 && parts[2] == "pause"), let hit = Int(parts[1]), hit > 0,
                let number = number(of: parts[0], in: millrace_failpoint_name),
                let point = Failpoint(rawValue: number)
            {
                return .at(point, hit: hit, signal: parts.count == 3 ? SIGSTOP : SIGKILL)
            }
            refuse(variable, text, allowed: "name:hit, name:hit:pause or random:SEED:1/N", millrace_failpoint_name)
        }

        /// SplitMix64's finalizer (Steele, Lea, Flood 2014).
        private static func mixed(_ value: UInt64) -> UInt64 {
            var bits = value &* 0x9E37_79B9_7F4A_7C15
            bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            return bits ^ (bits >> 31)
        }
    }

    /// What is broken on purpose.
    enum BreakagePlan {
        static let variable = "MILLRACE_BREAK"
        static let fromEnvironment = environment(variable).map { text -> Breakage in
            guard let number = number(of: text, in: millrace_breakage_name), let breakage = Breakage(rawValue: number)
            else { refuse(variable, text, allowed: "one of the names", millrace_breakage_name) }
            return breakage
        }
    }

    private func environment(_ variable: String) -> String? { getenv(variable).map { String(cString: $0) } }

    private func names(_ name: (UInt) -> UnsafePointer<CChar>?) -> [String] {
        var names: [String] = []
        while let next = name(UInt(names.count)) { names.append(String(cString: next)) }
        return names
    }

    private func number(of text: String, in name: (UInt) -> UnsafePointer<CChar>?) -> UInt8? {
        names(name).firstIndex(of: text).map { UInt8($0) }
    }

    private func refuse(
        _ variable: String, _ text: String, allowed: String, _ name: (UInt) -> UnsafePointer<CChar>?
    ) -> Never {
        say("\(variable)=\(text): allowed is \(allowed); names are \(names(name).joined(separator: ", "))\n")
        exit(64)
    }

    private func say(_ text: String) { _ = text.utf8CString.withUnsafeBytes { write(2, $0.baseAddress, $0.count - 1) } }
#endif
