internal import Foundation
internal import KafkaClient
package import Records
package import Settings
package import Snapshots

/// Rebuilds the state of one task as it stood at an offset of its input: the nearest older snapshot, and a silent replay of
/// the records up to there. It joins no group and commits nothing, so it may run beside the pipeline.
package struct StateRebuild {
    package struct Rebuilt: Sendable {
        package var snapshot: Snapshot
        /// The snapshot that it started from; nil where it replayed everything.
        package var origin: Origin?
        package var replayed: UInt64
    }

    package struct Origin: Sendable {
        package var path: String
        package var position: NextOffset
    }

    let settings: PipelineSettings
    let properties: [String: String]
    private let stores: SnapshotStores
    private let onRejected: @Sendable (_ path: String, _ reason: SnapshotError) -> Void

    private static let brokerTimeout: Int32 = 30_000
    private static let batchSize = 1_000
    /// How many seconds may pass without a record that must be there.
    private static let patience = 60.0

    /// - Parameters:
    ///   - properties: a consumer's.
    ///   - onRejected: is told which snapshot was passed over, and why.
    package init(
        _ settings: PipelineSettings, properties: [String: String], stores: SnapshotStores,
        onRejected: @escaping @Sendable (_ path: String, _ reason: SnapshotError) -> Void
    ) {
        self.settings = settings
        self.properties = properties
        self.stores = stores
        self.onRejected = onRejected
    }

    /// Blocking: reads the store and the broker, on the caller's thread.
    /// - Parameters:
    ///   - partitions: how many the features topic has.
    ///   - target: the offset of the first record that the state must not know.
    ///   - writtenAt: milliseconds since 1970, for the metadata.
    ///   - progress: is told of offsets done, and of how many there are.
    /// - Throws: `RebuildRefusal`; `KafkaError`, `SnapshotError`, `JournalError` and `StateError` as they come.
    package func rebuild(
        partition: Int32, of partitions: Int, at target: NextOffset, writtenAt: Int64,
        progress: (_ done: Int64, _ total: Int64) -> Void
    ) throws -> Rebuilt {
        let place = TopicPartition(topic: settings.topics.features, partition: partition)
        let reader = try ManualReader(properties: properties, capacity: Self.batchSize, log: { _ in })
        defer { reader.close(deadlineMilliseconds: 2_000) }
        let marks = try reader.watermarks(place, timeoutMilliseconds: Self.brokerTimeout)
        let (found, origin) = try nearest(to: target, in: place)
        let plan = try RebuildPlan.decide(
            target: target, snapshot: origin?.position, low: NextOffset(marks.low), high: NextOffset(marks.high))
        var task = try StreamTask(settings, partition: partition, position: NextOffset(0))
        if plan != .fromBeginning, let found { try task.restore(found) }
        let before = task.inputsConsumed
        if settings.usesJournal {
            try followJournal(&task, from: found, place, partitions: partitions, to: target, progress)
        } else {
            try replay(&task, from: reader, place, to: target, progress)
        }
        return Rebuilt(
            snapshot: task.snapshot(writtenAt: writtenAt), origin: origin, replayed: task.inputsConsumed - before)
    }

    /// The newest snapshot that verifies and stands at or before `target`.
    private func nearest(to target: NextOffset, in place: TopicPartition) throws -> (Snapshot?, Origin?) {
        let store = stores.store(for: place.partition)
        let found = try store.newestVerified(
            atOrBefore: { outline in outline.positions.allSatisfy { $0.topic != place.topic || $0.next <= target } },
            rejected: onRejected)
        guard let found, let position = found.metadata.position(topic: place.topic, partition: place.partition) else {
            return (nil, nil)
        }
        let changed = settings.changedKeys(against: found.metadata.settings.map { ($0.key, $0.text) })
        guard changed.isEmpty else { throw RebuildRefusal.settingsChanged(keys: changed) }
        let path = try store.entries().first { $0.records == found.metadata.recordsConsumed }?.path
        return (found, Origin(path: path ?? "", position: position))
    }

    private func replay(
        _ task: inout StreamTask, from reader: ManualReader, _ place: TopicPartition, to target: NextOffset,
        _ progress: (_ done: Int64, _ total: Int64) -> Void
    ) throws {
        let start = task.position
        var isThrough = start >= target
        if !isThrough {
            try reader.assign([[RecordPosition(topic: place.topic, partition: place.partition, next: start)]])
        }
        var sink = SilentSink()
        var deadline = Date(timeIntervalSinceNow: Self.patience)
        while !isThrough {
            let count = try reader.consume(timeoutMilliseconds: 100) { batch in
                for index in 0..<batch.count where !isThrough {
                    switch batch.kind(index) {
                    case .record:
                        let record = batch.record(index)
                        if record.offset >= target.rawValue {
                            isThrough = true
                        } else if record.offset >= task.position.rawValue {
                            task.process(record, into: &sink)
                        }
                    case .endOfPartition: isThrough = batch.offset(index) >= target.rawValue
                    case .error:
                        if let error = batch.error(index), error.disposition != .retry { throw error }
                    }
                    if task.position >= target { isThrough = true }
                }
            }
            if let error = reader.takeError() { throw error }
            if count > 0 { deadline = Date(timeIntervalSinceNow: Self.patience) }
            guard isThrough || deadline.timeIntervalSinceNow > 0 else {
                throw RebuildRefusal.silent(task.position, seconds: Self.patience)
            }
            progress(task.position.rawValue - start.rawValue, target.rawValue - start.rawValue)
        }
        // Markers of transactions may stand between the last record and the target.
        task.skip(to: target)
    }
}
