/// Where the snapshots of one partition are kept.
///
/// Every call blocks, on the caller's thread, and none belongs on a worker's: a store writes to a disk or to a broker. One
/// process writes to one partition's store at a time, the one that owns it; what a process does that doesn't know yet that
/// it lost the partition must do no harm.
package protocol SnapshotStore: Sendable {
    var partition: Int32 { get }

    /// Keeps a snapshot so that it is either there as a whole and read back, or not at all.
    /// - Returns: what the snapshot is called: a path, or a place in a topic.
    /// - Throws: what went wrong; the snapshots from before are as they were.
    func publish(_ snapshot: Snapshot) throws(SnapshotError) -> String

    /// The snapshots, newest first, not read and not verified.
    func entries() throws(SnapshotError) -> [SnapshotEntry]

    /// Reads and verifies one: every checksum, and that it is what its name says.
    func read(_ entry: SnapshotEntry) throws(SnapshotError) -> Snapshot

    /// The newest snapshot that verifies and that `isUsable` accepts; nil where there is none.
    /// - Parameters:
    ///   - isUsable: whether it lies at or before what is committed of all its inputs.
    ///   - rejected: is told of each newer one that doesn't verify.
    /// - Throws: where the store itself can't be read, which is not the same as holding nothing.
    func newestVerified(
        atOrBefore isUsable: (SnapshotOutline) -> Bool, rejected: (_ path: String, _ error: SnapshotError) -> Void
    ) throws(SnapshotError) -> Snapshot?

    /// Removes all but the newest `count` snapshots, and keeps the newest one that verifies even where it is older.
    /// - Returns: what could not be removed.
    @discardableResult func retain(newest count: Int) -> [SnapshotError]

    /// Puts all snapshots where none of them is ever restored again and none is lost.
    func setAside() throws
}

/// One snapshot of a store, by its name alone.
package struct SnapshotEntry: Sendable, Equatable {
    package var path: String
    /// The records consumed that it is named for.
    package var records: UInt64
    package var bytes: Int
    /// Of a snapshot in a topic, where it is known already.
    package var manifest: SnapshotManifest?

    package init(path: String, records: UInt64, bytes: Int) {
        self.path = path
        self.records = records
        self.bytes = bytes
    }
}
