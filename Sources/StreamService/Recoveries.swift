internal import StreamTasks
internal import Synchronization

/// Lost transactions, from the workers that lost them to the thread that restores the tasks.
final class Recoveries: Sendable {
    private struct Contents {
        var requested: TransactionFailure?
        var attempts = 0
    }

    private let contents = Mutex(Contents())

    /// A task whose transactions fail so often in a row fails for good.
    private static let most = 20

    /// Asks for all tasks of the process to be restored.
    func request(_ reason: TransactionFailure) {
        contents.withLock { if $0.requested == nil { $0.requested = reason } }
    }

    /// The reason to restore, once; with how many seconds to wait before.
    func take() -> (reason: TransactionFailure, pause: Double, isHopeless: Bool)? {
        contents.withLock { contents in
            guard let reason = contents.requested else { return nil }
            contents.requested = nil
            contents.attempts += 1
            let pause = contents.attempts > 1 ? min(0.1 * Double(1 << min(contents.attempts, 10)), 10) : 0
            return (reason, pause, contents.attempts > Self.most)
        }
    }

    /// A transaction was committed: what was wrong has passed.
    func succeeded() { contents.withLock { $0.attempts = 0 } }
}
