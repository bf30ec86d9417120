package import Records

/// What became of the predictions that waited for a label, and of the label records; part of the state.
///
/// With what waits now, two sums always hold:
///
///     waited = matched + expired + withdrawn + replaced + evicted + pending predictions
///     records = matched + duplicates + corrected + late + orphans + revoked + tombstones + refused + pending labels
package struct LabelCounters: Sendable, Equatable, Checkpointable {
    /// Predictions that wait for a label, or did: with those of `unkeyed`, one for each accepted feature record.
    package var waited: UInt64 = 0
    /// Predictions that have met their labels, and as many labels.
    package var matched: UInt64 = 0
    /// Predictions whose wait ended without a label.
    package var expired: UInt64 = 0
    /// Predictions that a tombstone dropped.
    package var withdrawn: UInt64 = 0
    /// Predictions that waited when another record of the same id came.
    package var replaced: UInt64 = 0
    /// Predictions for which there was no room any more.
    package var evicted: UInt64 = 0

    /// Label records read, whatever came of them.
    package var records: UInt64 = 0
    /// Labels that say again what is known.
    package var duplicates: UInt64 = 0
    /// Labels that say something else than the one before.
    package var corrected: UInt64 = 0
    /// Labels of predictions whose wait is over.
    package var late: UInt64 = 0
    /// Labels whose feature records didn't come while they were kept.
    package var orphans: UInt64 = 0
    /// Labels without their feature records that a tombstone dropped.
    package var revoked: UInt64 = 0
    package var tombstones: UInt64 = 0
    /// Label records that can't be used: dead letters.
    package var refused: UInt64 = 0
    /// Predictions that no label can name, because labels are joined by keys and their records have none: they don't wait.
    package var unkeyed: UInt64 = 0

    package init() {}

    /// Names and values, in the order of the state.
    package var named: [(name: String, count: UInt64)] {
        [
            ("waited", waited), ("matched", matched), ("expired", expired), ("withdrawn", withdrawn),
            ("replaced", replaced), ("evicted", evicted), ("records", records), ("duplicate", duplicates),
            ("corrected", corrected), ("late", late), ("orphan", orphans), ("revoked", revoked),
            ("tombstone", tombstones), ("refused", refused), ("unkeyed", unkeyed),
        ]
    }

    /// The same without the sums themselves: what became of predictions and labels.
    package var ends: [(name: String, count: UInt64)] { named.filter { !["waited", "records"].contains($0.name) } }

    /// Whether both sums hold.
    /// - Parameters:
    ///   - predictions: that wait now.
    ///   - labels: that wait now for their feature records.
    package func addUp(predictions: Int, labels: Int) -> Bool {
        waited == matched + expired + withdrawn + replaced + evicted + UInt64(predictions)
            && records == matched + duplicates + corrected + late + orphans + revoked + tombstones + refused
                + UInt64(labels)
    }

    package func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/counters", counters: named.map(\.count))
    }

    package mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let values = try archive.counters("\(prefix)/counters", count: named.count)
        (waited, matched, expired, withdrawn) = (values[0], values[1], values[2], values[3])
        (replaced, evicted, records, duplicates) = (values[4], values[5], values[6], values[7])
        (corrected, late, orphans, revoked) = (values[8], values[9], values[10], values[11])
        (tombstones, refused, unkeyed) = (values[12], values[13], values[14])
    }
}
