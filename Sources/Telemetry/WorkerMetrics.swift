internal import Synchronization

/// The totals of one worker: it alone adds to them, once a batch; scrapes read them.
package final class WorkerMetrics: Sendable {
    private let totals = Mutex(BatchMetrics())

    init() {}

    /// Adds what `batch` holds, and empties it. Cost: one lock that only a scrape ever contends for; allocates nothing.
    package func publish(_ batch: inout BatchMetrics) {
        totals.withLock { $0.add(batch) }
        batch.reset()
    }

    package var current: BatchMetrics { totals.withLock { $0 } }
}
