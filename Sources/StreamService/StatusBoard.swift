package import KafkaClient
package import OnlineLearning
package import Records
package import StreamTasks
internal import Synchronization
package import Telemetry

/// One task's figures as its worker last gave them: an immutable view, so that nobody touches a task's state.
package struct TaskStatus: Sendable {
    package var partition: TopicPartition
    package var position: NextOffset
    package var counters: TaskCounters
    package var isReplaying: Bool
    package var reachedEnd: Bool
    /// Whether every output so far is delivered.
    package var isDelivered: Bool
    /// Nil until they were first computed.
    package var overall: MetricValues?
    package var windowed: MetricValues?
}

/// What the workers say of themselves, for health, the live table and `--until-end`. Written a few times a second, never
/// for a record.
package final class StatusBoard: Sendable {
    private struct Contents {
        var tasks: [TopicPartition: TaskStatus] = [:]
        var alerts: [DriftOutput] = []
        var latency = LatencyHistogram()
        /// The partitions that this process has; nil before the group has spoken, and after it has taken them back.
        var assigned: Set<TopicPartition>?
        var lastSnapshot: String?
    }

    private let contents = Mutex(Contents())
    /// Alerts beyond so many are counted, not kept.
    private static let mostAlerts = 1_000

    package init() {}

    package var tasks: [TaskStatus] {
        contents.withLock { $0.tasks.values.sorted { $0.partition < $1.partition } }
    }

    /// The alerts of this run, in the order in which they came.
    package var alerts: [DriftOutput] { contents.withLock { $0.alerts } }

    /// From a record's timestamp to the moment its outputs were handed to the producer.
    package var latency: LatencyHistogram { contents.withLock { $0.latency } }

    /// Ready: the group has given this process its share, and every task of it is live.
    package var isReady: Bool {
        contents.withLock { contents in
            contents.assigned?.allSatisfy { contents.tasks[$0]?.isReplaying == false } ?? false
        }
    }

    /// The path of the snapshot that was written last in this run.
    package var lastSnapshot: String? { contents.withLock { $0.lastSnapshot } }

    func snapshotWritten(_ path: String) { contents.withLock { $0.lastSnapshot = path } }

    func assigned(_ partitions: [TopicPartition]) {
        contents.withLock { $0.assigned = ($0.assigned ?? []).union(partitions) }
    }

    func released(_ partitions: [TopicPartition]) {
        contents.withLock { contents in
            let left = contents.assigned?.subtracting(partitions) ?? []
            contents.assigned = left.isEmpty ? nil : left
        }
    }

    /// Takes a task's figures over; its metrics stay as they were where none are given.
    func update(_ runner: TaskRunner, overall: MetricValues? = nil, windowed: MetricValues? = nil) {
        let status = TaskStatus(
            partition: runner.partition, position: runner.position, counters: runner.task.counters,
            isReplaying: runner.isReplaying, reachedEnd: runner.reachedEnd,
            isDelivered: runner.watermark >= runner.position, overall: overall, windowed: windowed)
        contents.withLock { contents in
            var status = status
            let before = contents.tasks[status.partition]
            status.overall = status.overall ?? before?.overall
            status.windowed = status.windowed ?? before?.windowed
            contents.tasks[status.partition] = status
        }
    }

    func remove(_ partitions: [TopicPartition]) {
        contents.withLock { contents in for one in partitions { contents.tasks[one] = nil } }
    }

    /// Keeps which signal, detector and record each was; the bytes are in the drift topic.
    func add(alerts: [DriftOutput]) {
        let marks = alerts.map { alert in
            var mark = alert
            mark.value = []
            mark.headers = []
            return mark
        }
        contents.withLock { $0.alerts += marks.prefix(max(0, Self.mostAlerts - $0.alerts.count)) }
    }

    /// Adds a worker's durations, and empties them.
    func add(latency: inout LatencyHistogram) {
        contents.withLock { $0.latency.merge(latency) }
        latency.reset()
    }

    /// Whether every one of `partitions` has come to the end it had when it was assigned.
    func haveReachedEnd(_ partitions: some Sequence<TopicPartition>) -> Bool {
        contents.withLock { contents in partitions.allSatisfy { contents.tasks[$0]?.reachedEnd ?? false } }
    }
}
