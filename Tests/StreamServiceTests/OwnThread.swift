import Foundation

/// Runs a test on a thread of its own: these tests wait for brokers, and must not hold the few threads of the pool.
private final class OwnThread: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        Thread.detachNewThread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

func onOwnThread(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withTaskExecutorPreference(OwnThread()) { try await run(body) }
}

/// Isolated to nothing, so that it runs where the preference says.
private nonisolated func run(_ body: @Sendable () throws -> Void) async throws { try body() }

/// Waits in steps until something holds.
/// - Returns: false where it doesn't before the time is over, which is long: no test passes by being slow.
func eventually(seconds: Double = 90, _ holds: () throws -> Bool) rethrows -> Bool {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while deadline.timeIntervalSinceNow > 0 {
        if try holds() { return true }
        Thread.sleep(forTimeInterval: 0.01)
    }
    return false
}

struct StreamTestError: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}
