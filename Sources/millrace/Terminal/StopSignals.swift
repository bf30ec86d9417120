internal import Dispatch
internal import Foundation

/// SIGTERM and SIGINT: the first one asks for an orderly stop, the second one leaves at once.
final class StopSignals {
    private var sources: [any DispatchSourceSignal] = []

    init(_ stop: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "millrace.signals")
        let counter = SignalCounter()
        // Blocked, not ignored, in this thread and all it makes: a signal that comes before its source is at work waits.
        var blocked = sigset_t()
        sigemptyset(&blocked)
        for number in [SIGTERM, SIGINT] { sigaddset(&blocked, number) }
        pthread_sigmask(SIG_BLOCK, &blocked, nil)
        for number in [SIGTERM, SIGINT] {
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                // As a shell reports a process that a signal has ended.
                if counter.next() > 1 { _exit(128 + number) }
                stop()
            }
            source.resume()
            sources.append(source)
        }
    }

    func cancel() { for source in sources { source.cancel() } }
}

/// Counts on one queue only.
private final class SignalCounter: @unchecked Sendable {
    private var count = 0

    func next() -> Int {
        count += 1
        return count
    }
}
