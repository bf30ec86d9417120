internal import Synchronization
package import Telemetry

/// The gauges of this process's tasks by partition, from their assignment to their release.
///
/// Only the assignment makes them: what a released task's last snapshot has to say comes from another thread, and would
/// else bring gauges back that nobody ever removes.
package final class TaskGauges: Sendable {
    private let metrics: StreamMetrics
    private let gauges = Mutex<[Int32: TaskMetrics]>([:])

    package init(_ metrics: StreamMetrics) { self.metrics = metrics }

    package func add(_ partition: Int32) {
        gauges.withLock { $0[partition] = metrics.addTask(partition: partition) }
    }

    package func remove(_ partition: Int32) {
        gauges.withLock { gauges in
            if gauges.removeValue(forKey: partition) != nil { metrics.removeTask(partition: partition) }
        }
    }

    /// Nil where the partition isn't this process's.
    package subscript(partition: Int32) -> TaskMetrics? { gauges.withLock { $0[partition] } }

    package func snapshotSucceeded(_ partition: Int32) { self[partition]?.snapshotSucceeded() }

    /// Counted whether or not the task is still here: the counter is the process's.
    package func snapshotFailed(_ partition: Int32) {
        gauges.withLock { gauges in
            if let gauge = gauges[partition] { gauge.snapshotFailed() } else { metrics.countSnapshotFailure() }
        }
    }
}
