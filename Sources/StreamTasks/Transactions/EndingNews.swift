internal import Synchronization

/// What the thread that ends a transaction has to say, until the worker takes it.
final class EndingNews: Sendable {
    private struct Contents: Sendable {
        var delivered = false
        var end: TransactionEnd?
    }

    private let contents = Mutex(Contents())

    /// Every output is acknowledged.
    func delivered() { contents.withLock { $0.delivered = true } }

    func ended(_ end: TransactionEnd) { contents.withLock { $0.end = end } }

    var hasEnd: Bool { contents.withLock { $0.end != nil } }

    /// What there is; an end is handed over once.
    func take() -> (delivered: Bool, end: TransactionEnd?) {
        contents.withLock { contents in
            defer { contents.end = nil }
            return (contents.delivered, contents.end)
        }
    }

    func reset() { contents.withLock { $0 = Contents() } }
}
