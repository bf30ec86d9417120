internal import Foundation

/// Clocks of the service. Neither of them reaches a task's state.
enum SteadyClock {
    /// Seconds of a clock that never steps.
    static func now() -> Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }

    /// Milliseconds since 1970.
    static func wallMilliseconds() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
