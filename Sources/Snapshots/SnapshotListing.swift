package import JSONTree
internal import Records

/// What `millrace snapshots list` says of one snapshot.
package struct SnapshotListing: Sendable {
    package var path: String
    package var partition: Int32
    package var records: UInt64
    package var bytes: Int
    /// Nil where the snapshot can't be read.
    package var metadata: SnapshotMetadata?
    /// Why it doesn't verify; nil where it does.
    package var problem: SnapshotError?

    package var isVerified: Bool { problem == nil }

    /// All snapshots of one partition, newest first. Each is read and verified, one after the other.
    /// - Throws: where the store itself can't be read.
    package static func all(in store: some SnapshotStore) throws(SnapshotError) -> [SnapshotListing] {
        try store.entries().map { SnapshotListing($0, in: store) }
    }

    /// The same for all partitions of a pipeline whose snapshots are files.
    package static func all(root: String, pipeline: String) -> [SnapshotListing] {
        SnapshotDirectory.partitions(root: root, pipeline: pipeline).flatMap { partition in
            let directory = SnapshotDirectory(root: root, pipeline: pipeline, partition: partition)
            return directory.entries().map { SnapshotListing($0, in: directory) }
        }
    }

    private init(_ entry: SnapshotEntry, in store: some SnapshotStore) {
        path = entry.path
        partition = store.partition
        records = entry.records
        bytes = entry.bytes
        do throws(SnapshotError) {
            metadata = try store.read(entry).metadata
        } catch {
            problem = error
        }
    }

    /// The object that `--json` prints.
    package var json: JSONValue {
        [
            "path": .string(path),
            "partition": .integer(Int64(partition)),
            "records": .integer(Int64(clamping: records)),
            "learned": metadata.map { .integer(Int64(clamping: $0.recordsLearned)) } ?? .null,
            "positions": metadata.map { .array($0.positions.map(\.json)) } ?? .null,
            "bytes": .integer(Int64(bytes)),
            "verified": .boolean(isVerified),
        ]
    }
}
