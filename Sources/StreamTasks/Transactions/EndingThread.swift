internal import Foundation
internal import Synchronization

/// A thread that does one thing at a time for its owner: the waits for a transaction's end, which would else stop the stream.
final class EndingThread: Sendable {
    private let begin = DispatchSemaphore(value: 0)
    private let finished = DispatchSemaphore(value: 0)
    private let job = Mutex<(@Sendable () -> Void)?>(nil)

    init(name: String) {
        let thread = Thread { [begin, finished, self] in
            while true {
                begin.wait()
                guard let work = job.withLock({ $0 }) else { break }
                work()
            }
            finished.signal()
        }
        thread.name = name
        thread.start()
    }

    /// Does it as soon as the one before is through.
    func run(_ work: @escaping @Sendable () -> Void) {
        job.withLock { $0 = work }
        begin.signal()
    }

    /// Ends the thread, and waits for it. Call it when nothing is under way.
    func stop() {
        job.withLock { $0 = nil }
        begin.signal()
        finished.wait()
    }
}
