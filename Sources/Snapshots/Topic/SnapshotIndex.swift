/// What a partition of a snapshots topic holds, by its keys: made by reading it, in whatever pieces. Pure.
///
/// Memory: one manifest a snapshot and one number a chunk, never a chunk's bytes.
package struct SnapshotIndex: Sendable {
    package struct Found: Sendable {
        /// Nil where the manifest is malformed.
        package var manifest: SnapshotManifest?
        package var problem: SnapshotError?
        package var offset: Int64
    }

    private struct ChunkSet: Hashable {
        var records: UInt64
        var content: String
    }

    private let partition: Int32
    /// The newest value of each key; nil for one that was removed.
    private var manifests: [UInt64: (offset: Int64, found: Found?)] = [:]
    private var chunks: [ChunkSet: [Int: (offset: Int64, isLive: Bool)]] = [:]
    private var setAside: [SnapshotKey: (offset: Int64, content: ChunkSet?)] = [:]
    /// The most records of any manifest that was seen, alive or not.
    private var greatestSeen: UInt64 = 0
    /// The most records that any manifest spoke of.
    private var greatestTold: UInt64 = 0

    package init(partition: Int32) { self.partition = partition }

    /// Takes one record. Of two with one key the later offset counts, in whichever order they come.
    package mutating func take(_ key: SnapshotKey, value: UnsafeRawBufferPointer?, offset: Int64) {
        guard key.partition == partition else { return }
        switch key.part {
        case .manifest:
            greatestSeen = max(greatestSeen, key.records)
            if let known = manifests[key.records], known.offset > offset { return }
            let found = value.map { Self.read($0, key, offset) }
            manifests[key.records] = (offset, found)
            greatestTold = max(greatestTold, found?.manifest?.newestRecords ?? 0)
        case .chunk(let content, let number):
            let set = ChunkSet(records: key.records, content: content)
            if let known = chunks[set]?[number], known.offset > offset { return }
            chunks[set, default: [:]][number] = (offset, value != nil)
        case .setAside:
            if let known = setAside[key], known.offset > offset { return }
            let manifest = value.flatMap { try? SnapshotManifest($0, key: key) }
            setAside[key] = (
                offset, manifest.map { ChunkSet(records: key.records, content: $0.content) }
            )
        }
    }

    private static func read(_ value: UnsafeRawBufferPointer, _ key: SnapshotKey, _ offset: Int64) -> Found {
        do throws(SnapshotError) {
            return Found(manifest: try SnapshotManifest(value, key: key), problem: nil, offset: offset)
        } catch {
            return Found(manifest: nil, problem: error, offset: offset)
        }
    }

    /// The manifests that stand, newest first.
    package var standing: [(records: UInt64, found: Found)] {
        manifests.compactMap { records, entry in entry.found.map { (records, $0) } }.sorted { $0.records > $1.records }
    }

    /// Nothing that was read speaks of a newer snapshot than those that were read.
    package var knowsNewest: Bool { greatestTold <= greatestSeen }

    /// The most records of a snapshot that stands; nil where none does.
    package var newestRecords: UInt64? { standing.first?.records }

    /// Chunks of positions that have no manifest, newest first: how many there are.
    package var unfinished: [(records: UInt64, chunks: Int)] {
        unfinishedSets.filter { manifests[$0.records]?.found == nil }.map { ($0.records, live($0).count) }
            .sorted { $0.records > $1.records }
    }

    /// What is to be removed so that the newest `count` snapshots up to `own` stay.
    ///
    /// What lies above `own` belongs to whoever wrote it and is never touched: this process may have lost the partition.
    /// - Parameters:
    ///   - own: the records of the newest snapshot that this process has written and read back.
    /// - Returns: keys in the order in which to remove them, a snapshot's manifest before its chunks.
    package func removals(keeping count: Int, own: UInt64) -> [SnapshotKey] {
        let older = standing.filter { $0.records < own }
        let whole = older.filter { isWhole($0.found) }
        // `own` itself is the first of those that stay.
        let staying = Set(whole.prefix(max(count - 1, 0)).map(\.records))
        let removed = older.filter { !staying.contains($0.records) }
        let sets = removed.compactMap { $0.found.manifest.map(Self.chunkSet) }
        let torn = unfinishedSets.filter { $0.records < own }
        return removed.map { key($0.records, .manifest) }
            + (sets + torn).flatMap { set in
                live(set).map { key(set.records, .chunk(content: set.content, number: $0)) }
            }
    }

    /// Forgets what was removed, which no later record will speak of. Only for an index that was read in order.
    package mutating func forgetRemoved() {
        manifests = manifests.filter { $0.value.found != nil }
        setAside = setAside.filter { $0.value.content != nil }
        chunks = chunks.mapValues { $0.filter(\.value.isLive) }.filter { !$0.value.isEmpty }
    }

    private func key(_ records: UInt64, _ part: SnapshotKey.Part) -> SnapshotKey {
        SnapshotKey(partition: partition, records: records, part: part)
    }

    private static func chunkSet(_ manifest: SnapshotManifest) -> ChunkSet {
        ChunkSet(records: manifest.outline.recordsConsumed, content: manifest.content)
    }

    private func live(_ set: ChunkSet) -> [Int] {
        (chunks[set] ?? [:]).filter(\.value.isLive).keys.sorted()
    }

    private func isWhole(_ found: Found) -> Bool {
        guard let manifest = found.manifest else { return false }
        return live(Self.chunkSet(manifest)).count == manifest.chunks
    }

    /// Sets with live chunks to which no manifest belongs.
    private var unfinishedSets: [ChunkSet] {
        let owned = Set(standing.compactMap { $0.found.manifest.map(Self.chunkSet) })
            .union(setAside.values.compactMap(\.content))
        return chunks.keys.filter { !owned.contains($0) && !live($0).isEmpty }
    }
}
