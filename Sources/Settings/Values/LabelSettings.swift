/// How labels of a topic of their own find the predictions that wait for them.
package struct LabelSettings: Sendable, Equatable {
    /// What a label and its feature record have in common.
    package enum Join: String, Sendable, CaseIterable {
        case id
        case key
    }

    /// What is learned of a prediction whose label never came.
    package enum Expired: String, Sendable, CaseIterable {
        case drop
        /// The first of two classes.
        case negative
    }

    /// What is done with a second label that differs from the first.
    package enum Corrected: String, Sendable, CaseIterable {
        case ignore
        case learn
    }

    package var join: Join
    /// JSON Pointers (RFC 6901) into a label record.
    package var paths: RecordPaths
    /// How long a prediction waits, in milliseconds of event time.
    package var waitMilliseconds: Int64
    /// The most predictions of a task that wait.
    package var pending: Int
    /// The most labels of a task that are kept until their feature records come.
    package var early: Int
    /// The most ids of a task that are remembered after their labels came.
    package var answered: Int
    /// The most bytes of a task that hold ids and inputs.
    package var memory: Int
    package var expired: Expired
    package var corrected: Corrected

    package init(
        join: Join = .id,
        paths: RecordPaths = RecordPaths(id: "/id", timestamp: "/timestamp", label: "/label", weight: "/weight"),
        waitMilliseconds: Int64 = 86_400_000, pending: Int = 100_000, early: Int = 10_000, answered: Int = 100_000,
        memory: Int = 67_108_864, expired: Expired = .drop, corrected: Corrected = .ignore
    ) {
        self.join = join
        self.paths = paths
        self.waitMilliseconds = waitMilliseconds
        self.pending = pending
        self.early = early
        self.answered = answered
        self.memory = memory
        self.expired = expired
        self.corrected = corrected
    }
}
