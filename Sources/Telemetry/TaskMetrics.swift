internal import Synchronization

/// One evaluated metric of a model.
package struct PrequentialGauge: Sendable, Equatable {
    package enum Scope: String, Sendable {
        case overall, windowed, faded
        /// Estimated: of predictions that wait for their labels, of those whose labels have come, and what these were.
        case waiting, labelled, realized
    }

    package var name: String
    package var scope: Scope
    package var value: Double
    /// The declared category and its value; nil where the metric is over all records.
    package var segment: String?

    package init(name: String, scope: Scope, value: Double, segment: String? = nil) {
        self.name = name
        self.scope = scope
        self.value = value
        self.segment = segment
    }
}

/// The gauges of one task, from its assignment to its revoke.
package final class TaskMetrics: Sendable {
    struct State: Sendable {
        var modelVersion: UInt64 = 0
        /// Milliseconds since 1970; nil while the model has learned nothing here.
        var lastLearned: Int64?
        var lastSnapshot: Int64?
        var snapshotFailures: UInt64 = 0
        var lag: [Input] = []
        /// Records replayed, and those that are left; nil before the restore.
        var restore: (done: Int64, remaining: Int64)?
        var prequential: [PrequentialGauge] = []
        var estimates: [PrequentialGauge] = []
        /// Nil where labels stand in the feature records.
        var labels: Labels?
    }

    /// Predictions that wait, and within how many seconds which share of the labels came.
    struct Labels: Sendable {
        var pending: Int
        var delays: [(quantile: String, seconds: Double)]
    }

    struct Input: Sendable {
        var topic: String
        var partition: Int32
        var records: Int64
    }

    package let partition: Int32
    private let state = Mutex(State())
    private let now: @Sendable () -> Int64

    init(partition: Int32, now: @escaping @Sendable () -> Int64) {
        self.partition = partition
        self.now = now
    }

    /// Once a batch. Cost: one lock, and one clock reading where the model learned; allocates nothing.
    package func publish(modelVersion: UInt64, learned: Bool) {
        let time = learned ? now() : 0
        state.withLock {
            $0.modelVersion = modelVersion
            if learned { $0.lastLearned = time }
        }
    }

    /// Records between the next offset to read and the end. Call it at commits: `topic` is kept.
    package func publish(lag records: Int64, topic: String, partition: Int32) {
        state.withLock { state in
            if let index = state.lag.firstIndex(where: { $0.partition == partition && $0.topic == topic }) {
                state.lag[index].records = max(0, records)
            } else {
                state.lag.append(Input(topic: topic, partition: partition, records: max(0, records)))
            }
        }
    }

    /// How far the silent replay is, in records.
    package func publish(restored: Int64, remaining: Int64) {
        state.withLock { $0.restore = (max(0, restored), max(0, remaining)) }
    }

    /// Replaces all evaluation metrics. They cost something to compute, so call it at commits or windows.
    package func publish(prequential: [PrequentialGauge]) { state.withLock { $0.prequential = prequential } }

    /// Replaces all estimates made without labels; likewise.
    package func publish(estimates: [PrequentialGauge]) { state.withLock { $0.estimates = estimates } }

    /// Predictions that wait for their labels, and how long labels took, by quantile.
    package func publish(pending: Int, delays: [(quantile: String, seconds: Double)]) {
        state.withLock { $0.labels = Labels(pending: pending, delays: delays) }
    }

    package func snapshotSucceeded() {
        let time = now()
        state.withLock { $0.lastSnapshot = time }
    }

    package func snapshotFailed() { state.withLock { $0.snapshotFailures += 1 } }

    var current: State { state.withLock { $0 } }
}
