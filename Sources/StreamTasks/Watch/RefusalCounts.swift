package import RecordCodecs
package import Records

/// Why the records of one window were refused.
/// - Cost: O(1) a refusal, allocates nothing after init.
package struct RefusalCounts: Sendable, Checkpointable {
    private var counts = [UInt64](repeating: 0, count: DecodeError.classNames.count)

    package init() {}

    package mutating func add(_ error: DecodeError) {
        if let reason = DecodeError.classNames.firstIndex(of: error.className) { counts[reason] &+= 1 }
    }

    package mutating func reset() { for reason in counts.indices { counts[reason] = 0 } }

    /// Those that there were, by their names.
    package var metrics: [DriftReport.Metric] {
        zip(DecodeError.classNames, counts).filter { $1 > 0 }.map { .init(name: $0, value: Double($1)) }
    }

    package func save(to archive: inout StateArchive, under prefix: String) { archive.put(prefix, counters: counts) }

    package mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        counts = try archive.counters(prefix, count: counts.count)
    }
}
