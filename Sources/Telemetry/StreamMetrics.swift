internal import Foundation
internal import Synchronization

/// What runs, as `millrace_build_info` tells it.
package struct BuildInformation: Sendable, Equatable {
    /// Label names and values, in order, as `version` and `librdkafka`.
    package var labels: [Label]

    package init(_ labels: KeyValuePairs<String, String>) { self.labels = labels.map { Label($0.key, $0.value) } }
}

/// All that a process counts. Workers and tasks publish to objects of their own; whoever asks for the text adds them up.
package final class StreamMetrics: Sendable {
    struct State: Sendable {
        var workers: [WorkerMetrics] = []
        var tasks: [Int32: TaskMetrics] = [:]
        var events = EventCounters()
        /// Failures of tasks that are gone, because a counter never falls, and snapshots that a restore passed over.
        var pastSnapshotFailures: UInt64 = 0
    }

    let build: BuildInformation
    let now: @Sendable () -> Int64
    private let state = Mutex(State())

    /// - Parameter now: Milliseconds since 1970.
    package init(
        build: BuildInformation,
        now: @escaping @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1_000) }
    ) {
        self.build = build
        self.now = now
    }

    /// A worker's own totals; call it once for each worker.
    package func addWorker() -> WorkerMetrics {
        let worker = WorkerMetrics()
        state.withLock { $0.workers.append(worker) }
        return worker
    }

    /// A task's own gauges, from its assignment on; one that is there already is replaced.
    package func addTask(partition: Int32) -> TaskMetrics {
        removeTask(partition: partition)
        let task = TaskMetrics(partition: partition, now: now)
        state.withLock { $0.tasks[partition] = task }
        return task
    }

    /// At revoke: the partition's gauges are another process's to give.
    package func removeTask(partition: Int32) {
        state.withLock { state in
            guard let task = state.tasks.removeValue(forKey: partition) else { return }
            state.pastSnapshotFailures += task.current.snapshotFailures
        }
    }

    /// A failure of a task that is gone by now; those that are here count their own.
    package func countSnapshotFailure() { state.withLock { $0.pastSnapshotFailures += 1 } }

    /// A snapshot that didn't verify, found when a task was restored.
    package func countSnapshotPassedOver() { state.withLock { $0.pastSnapshotFailures += 1 } }

    /// - Parameter reason: A class of reasons, never a record's content.
    package func countDeadLetter(reason: String) { state.withLock { $0.events.deadLetters.count([reason]) } }

    package func countDriftAlert(detector: String, signal: String) {
        state.withLock { $0.events.driftAlerts.count([detector, signal]) }
    }

    /// - Parameter action: what was done about alerts.
    package func countDriftResponses(action: String, by amount: UInt64) {
        state.withLock { $0.events.driftResponses.count([action], by: amount) }
    }

    /// - Parameter result: what became of labels that came by themselves, or of predictions that waited for one.
    package func countLabels(result: String, by amount: UInt64) {
        state.withLock { $0.events.labels.count([result], by: amount) }
    }

    package func countTransaction(_ result: TransactionResult) {
        state.withLock { $0.events.transactions.count([result.rawValue]) }
    }

    /// The sum over all workers, for a live table.
    package var totals: BatchMetrics {
        var sum = BatchMetrics()
        for worker in state.withLock({ $0.workers }) { sum.add(worker.current) }
        return sum
    }

    package var deadLetters: UInt64 { state.withLock { $0.events.deadLetters.total } }
    package var driftAlerts: UInt64 { state.withLock { $0.events.driftAlerts.total } }

    var current: State { state.withLock { $0 } }
}

package enum TransactionResult: String, Sendable, CaseIterable { case committed, aborted, fenced, failed }
