internal import Foundation

/// What this process has used so far.
struct ProcessFigures {
    /// Nanoseconds of a clock that never steps and that all processes of the machine share.
    var nanoseconds: Int64
    /// User and system time of all threads, in microseconds.
    var cpuMicroseconds: Int64
    /// Resident memory now, in KiB.
    var residentKiB: Int64

    static func now() -> ProcessFigures {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let user = Int64(usage.ru_utime.tv_sec) * 1_000_000 + Int64(usage.ru_utime.tv_usec)
        let system = Int64(usage.ru_stime.tv_sec) * 1_000_000 + Int64(usage.ru_stime.tv_usec)
        return ProcessFigures(
            nanoseconds: nanoseconds(of: CLOCK_MONOTONIC), cpuMicroseconds: user + system, residentKiB: residentKiB())
    }

    static func nanoseconds(of clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    private static func residentKiB() -> Int64 {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") })
        else { return 0 }
        return Int64(line.filter(\.isNumber)) ?? 0
    }
}
