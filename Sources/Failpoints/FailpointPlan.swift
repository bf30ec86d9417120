#if FAILPOINTS
    internal import Glibc

    /// What the environment asks for: where the process ends or halts, and what is broken on purpose.
    enum FailpointPlan {
        private static let points = "MILLRACE_FAILPOINT"
        private static let breakages = "MILLRACE_BREAK"

        /// Several are separated by commas, and counted each for itself.
        static let armed: [ArmedFailpoint] = (value(points) ?? "").split(separator: ",").map { text in
            let point = ArmedFailpoint(String(text)) { name in
                number(of: name, in: millrace_failpoint_name).flatMap(Failpoint.init)
            }
            guard let point else {
                refuse(
                    points, String(text), allowed: "name:hit, name:hit:pause or random:SEED:1/N, several with commas",
                    millrace_failpoint_name)
            }
            return point
        }

        static let broken: Breakage? = value(breakages).map { text in
            guard let breakage = number(of: text, in: millrace_breakage_name).flatMap(Breakage.init) else {
                refuse(breakages, text, allowed: "one of the names", millrace_breakage_name)
            }
            return breakage
        }

        private static func value(_ variable: String) -> String? { getenv(variable).map { String(cString: $0) } }

        private static func names(_ name: (UInt) -> UnsafePointer<CChar>?) -> [String] {
            var names: [String] = []
            while let next = name(UInt(names.count)) { names.append(String(cString: next)) }
            return names
        }

        private static func number(of text: String, in name: (UInt) -> UnsafePointer<CChar>?) -> UInt8? {
            names(name).firstIndex(of: text).map { UInt8($0) }
        }

        /// A test that asks for something that there isn't must not pass.
        private static func refuse(
            _ variable: String, _ text: String, allowed: String, _ name: (UInt) -> UnsafePointer<CChar>?
        ) -> Never {
            say("\(variable)=\(text): allowed is \(allowed); names are \(names(name).joined(separator: ", "))\n")
            exit(64)
        }
    }

    /// To stderr at once, whatever happens next.
    func say(_ text: String) { _ = text.utf8CString.withUnsafeBytes { write(2, $0.baseAddress, $0.count - 1) } }
#endif
