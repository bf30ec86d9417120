internal import KafkaClient
internal import Settings
package import Snapshots

/// The snapshots of one partition in a compacted topic: each in chunks with a manifest written last, in the topic's
/// partition of the same number.
///
/// A process that lost the partition and doesn't know yet does no harm: chunks are named by what is in them, a restore
/// chooses by committed positions, and only what is older than the own newest snapshot is ever removed.
package struct SnapshotTopicStore: SnapshotStore {
    package let partition: Int32
    let topic: SnapshotTopic

    func place(_ records: UInt64) -> String { topic.place(partition, records) }

    package func entries() throws(SnapshotError) -> [SnapshotEntry] {
        let reader = try SnapshotTopicReader(topic, partition: partition)
        var index = SnapshotIndex(partition: partition)
        _ = try reader.read(reader.bounds()) { key, value, offset in
            index.take(key, value: value, offset: offset)
            return true
        }
        return index.standing.map { records, found in
            var entry = SnapshotEntry(path: place(records), records: records, bytes: found.manifest?.bytes ?? 0)
            entry.manifest = found.manifest
            return entry
        }
    }

    package func read(_ entry: SnapshotEntry) throws(SnapshotError) -> Snapshot {
        try decode(file(entry), records: entry.records)
    }

    /// The snapshot's safetensors file, its checksum verified.
    package func file(_ entry: SnapshotEntry) throws(SnapshotError) -> [UInt8] {
        let reader = try SnapshotTopicReader(topic, partition: partition)
        let bounds = try reader.bounds()
        do throws(SnapshotError) {
            let manifest: SnapshotManifest
            if let known = entry.manifest {
                manifest = known
            } else {
                manifest = try search(entry.records, reader, bounds)
            }
            return try reader.file(of: manifest, within: bounds)
        } catch {
            throw SnapshotError(error.problem, path: place(entry.records))
        }
    }

    private func search(
        _ records: UInt64, _ reader: SnapshotTopicReader, _ bounds: Range<Int64>
    ) throws(SnapshotError) -> SnapshotManifest {
        var index = SnapshotIndex(partition: partition)
        var windows = TailWindows(bounds)
        while let window = windows.next() {
            _ = try reader.read(window) { key, value, offset in
                index.take(key, value: value, offset: offset)
                return true
            }
            guard let found = index.standing.first(where: { $0.records == records })?.found else { continue }
            if let manifest = found.manifest { return manifest }
            throw found.problem ?? SnapshotError(.noSuchSnapshot)
        }
        throw SnapshotError(.noSuchSnapshot)
    }

    package func newestVerified(
        atOrBefore isUsable: (SnapshotOutline) -> Bool, rejected: (_ path: String, _ error: SnapshotError) -> Void
    ) throws(SnapshotError) -> Snapshot? {
        let reader = try SnapshotTopicReader(topic, partition: partition)
        let bounds = try reader.bounds()
        var index = SnapshotIndex(partition: partition)
        var windows = TailWindows(bounds)
        var lookedAt: Set<UInt64> = []
        while let window = windows.next() {
            _ = try reader.read(window) { key, value, offset in
                index.take(key, value: value, offset: offset)
                return true
            }
            // Behind a process that had lost the partition a newer snapshot may stand further back.
            guard index.knowsNewest || windows.isDone else { continue }
            topic.noteNewest(index.newestRecords ?? 0, in: partition)
            for (records, found) in index.standing where lookedAt.insert(records).inserted {
                do throws(SnapshotError) {
                    guard let manifest = found.manifest else { throw found.problem ?? SnapshotError(.noSuchSnapshot) }
                    guard isUsable(manifest.outline) else { continue }
                    let snapshot = try decode(reader.file(of: manifest, within: bounds), records: records)
                    reportUnfinished(index, above: records, to: rejected)
                    return snapshot
                } catch {
                    // Brokers that can't be asked are no reason to take an older one.
                    if case .broker = error.problem { throw error }
                    rejected(place(records), SnapshotError(error.problem, path: place(records)))
                }
            }
        }
        reportUnfinished(index, above: 0, to: rejected)
        return nil
    }

    private func reportUnfinished(
        _ index: SnapshotIndex, above records: UInt64, to rejected: (_ path: String, _ error: SnapshotError) -> Void
    ) {
        for torn in index.unfinished where torn.records > records {
            rejected(place(torn.records), SnapshotError(.noManifest(chunks: torn.chunks), path: place(torn.records)))
        }
    }

    private func decode(_ file: [UInt8], records: UInt64) throws(SnapshotError) -> Snapshot {
        let snapshot = try SnapshotFormat.decode(file)
        guard snapshot.metadata.recordsConsumed == records else {
            throw SnapshotError(.otherPosition(name: records, metadata: snapshot.metadata.recordsConsumed))
        }
        return snapshot
    }
}
