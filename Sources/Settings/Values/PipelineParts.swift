/// What a crash may repeat.
package enum Delivery: String, Sendable, CaseIterable {
    /// Offsets follow the delivery reports: after a crash some outputs are sent again, with the same input header.
    case atLeastOnce = "at-least-once"
    /// Outputs and offsets in one transaction.
    case exactlyOnce = "exactly-once"
}

/// The topics that one pipeline reads and writes.
package struct TopicNames: Sendable, Equatable {
    package var features: String
    /// Nil where labels come inside the feature records.
    package var labels: String?
    package var predictions: String
    package var drift: String
    package var deadLetters: String
    package var journal: String
    package var snapshots: String
    package var mix: String

    package init(
        features: String, labels: String? = nil, predictions: String, drift: String, deadLetters: String,
        journal: String, snapshots: String, mix: String
    ) {
        self.features = features
        self.labels = labels
        self.predictions = predictions
        self.drift = drift
        self.deadLetters = deadLetters
        self.journal = journal
        self.snapshots = snapshots
        self.mix = mix
    }
}

/// How the partitions' models become one.
package struct MixSettings: Sendable, Equatable {
    /// Records that a model learns between two of its messages to the others, once it has learned many.
    package var every: Int

    package init(every: Int) { self.every = every }
}

/// Where the parts of a record stand: JSON Pointers (RFC 6901).
package struct RecordPaths: Sendable, Equatable {
    package var id: String
    package var timestamp: String
    package var label: String
    package var weight: String

    package init(
        id: String, timestamp: String, label: String, weight: String
    ) {
        self.id = id
        self.timestamp = timestamp
        self.label = label
        self.weight = weight
    }
}

/// How much of the stream one window holds.
package enum WindowLength: Sendable, Hashable {
    case records(Int)
    /// Seconds of event time.
    case seconds(Double)
}

package struct SnapshotSettings: Sendable, Equatable {
    package enum Store: String, Sendable, CaseIterable {
        case directory
        case topic
    }

    /// When the next one is due: by the wall clock or by the task's records.
    package enum Interval: Sendable, Hashable {
        case seconds(Double)
        case records(Int)
    }

    package var store: Store
    package var directory: String
    package var every: Interval
    /// How many of the newest ones stay.
    package var keep: Int

    package init(
        store: Store, directory: String, every: Interval, keep: Int
    ) {
        self.store = store
        self.directory = directory
        self.every = every
        self.keep = keep
    }
}

/// Offsets are committed when either is reached.
package struct CommitSettings: Sendable, Equatable {
    package var intervalMilliseconds: Int
    package var records: Int

    package init(
        intervalMilliseconds: Int, records: Int
    ) {
        self.intervalMilliseconds = intervalMilliseconds
        self.records = records
    }
}

package struct HTTPAddress: Sendable, Hashable, CustomStringConvertible {
    package var host: String
    package var port: Int

    package init(
        host: String, port: Int
    ) {
        self.host = host
        self.port = port
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
