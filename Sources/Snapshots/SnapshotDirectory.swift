internal import Failpoints
internal import Glibc

/// The snapshots of one partition: `<root>/<pipeline>/<partition>/<records consumed, 20 digits>.safetensors`.
///
/// A value: it may be used from any thread. One process writes to one partition's folder at a time, the one that owns it.
package struct SnapshotDirectory: SnapshotStore {
    static let fileEnding = ".safetensors"
    private static let leftoverEnding = ".partial"
    /// Marks the files of this very process: a container's process ids repeat.
    private static let processMark = UInt64.random(in: 0...UInt64.max)

    package let partition: Int32
    /// The partition's folder.
    package let path: String
    package var operations = FileOperations.system

    package init(root: String, pipeline: String, partition: Int32) {
        self.partition = partition
        path = "\(root)/\(pipeline)/\(partition)"
    }

    /// The partitions of a pipeline that have a folder.
    package static func partitions(root: String, pipeline: String) -> [Int32] {
        FileOperations.names("\(root)/\(pipeline)").compactMap { Int32($0) }.filter { $0 >= 0 }.sorted()
    }

    package func path(records: UInt64) -> String {
        let digits = String(records)
        return "\(path)/\(String(repeating: "0", count: 20 - digits.utf8.count))\(digits)\(Self.fileEnding)"
    }

    /// Writes a snapshot so that it is either there as a whole, on the disk and read back, or not at all.
    /// - Returns: the file's path.
    /// - Throws: what went wrong; nothing of the snapshot is left then, and those from before are as they were.
    package func publish(_ snapshot: Snapshot) throws(SnapshotError) -> String {
        let bytes = SnapshotFormat.encode(snapshot)
        let final = path(records: snapshot.metadata.recordsConsumed)
        let isNew = access(final, F_OK) != 0
        try operations.createFolder(path)
        removeLeftovers()
        let temporary = temporaryPath(snapshot.metadata.recordsConsumed)
        do {
            try write(bytes, to: temporary)
            // Before the rename, so that a file of the same name from before is only ever replaced by a good one.
            try verify(temporary, is: bytes, named: final)
        } catch {
            FileOperations.remove(temporary)
            throw error
        }
        failpoint(.rename)
        guard operations.rename(temporary, final) == 0 else {
            let failure = FileOperations.failure("renaming", final)
            FileOperations.remove(temporary)
            throw failure
        }
        do {
            try operations.synchronizeFolder(path)
            try verify(final, is: bytes, named: final)
        } catch {
            if isNew { FileOperations.remove(final) }
            throw error
        }
        return final
    }

    /// The files, newest first, not opened.
    package func entries() -> [SnapshotEntry] {
        FileOperations.names(path).compactMap { name in
            guard name.hasSuffix(Self.fileEnding) else { return nil }
            let digits = name.dropLast(Self.fileEnding.count)
            guard digits.utf8.count == 20, digits.utf8.allSatisfy({ (48...57).contains($0) }),
                let records = UInt64(digits)
            else { return nil }
            let path = "\(path)/\(name)"
            return SnapshotEntry(path: path, records: records, bytes: FileOperations.size(path))
        }.sorted { $0.records > $1.records }
    }

    /// Reads and verifies one file: every checksum, and that it is what its name says.
    package func read(_ entry: SnapshotEntry) throws(SnapshotError) -> Snapshot {
        do throws(SnapshotError) {
            let snapshot = try SnapshotFormat.decode(FileOperations.contents(entry.path))
            guard snapshot.metadata.recordsConsumed == entry.records else {
                throw SnapshotError(.otherPosition(name: entry.records, metadata: snapshot.metadata.recordsConsumed))
            }
            return snapshot
        } catch {
            throw SnapshotError(error.problem, path: entry.path)
        }
    }

    /// The newest snapshot that verifies and that `isUsable` accepts; nil where there is none.
    /// - Parameters:
    ///   - isUsable: whether it lies at or before what is committed of all its inputs.
    ///   - rejected: is told of each newer one that doesn't verify.
    package func newestVerified(
        atOrBefore isUsable: (SnapshotOutline) -> Bool, rejected: (_ path: String, _ error: SnapshotError) -> Void
    ) -> Snapshot? {
        for entry in entries() {
            do throws(SnapshotError) {
                let snapshot = try read(entry)
                if isUsable(snapshot.metadata.outline) { return snapshot }
            } catch {
                rejected(entry.path, error)
            }
        }
        return nil
    }

    /// Removes all but the newest `count` files, and keeps the newest one that verifies even where it is older.
    /// - Cost: reads one file where the newest one verifies.
    /// - Returns: the files that could not be removed.
    @discardableResult
    package func retain(newest count: Int) -> [SnapshotError] {
        let entries = entries()
        guard entries.count > max(count, 0) else { return [] }
        let verified = entries.first { entry in (try? read(entry)) != nil }
        return entries.dropFirst(max(count, 0)).compactMap { entry in
            entry == verified || FileOperations.remove(entry.path)
                ? nil : FileOperations.failure("removing", entry.path)
        }
    }

    /// Removes what a crash of another process left half written.
    package func removeLeftovers() {
        let own = "-\(Self.processMark)"
        for name in FileOperations.names(path) where name.hasPrefix(".") && name.hasSuffix(Self.leftoverEnding) {
            if !name.dropLast(Self.leftoverEnding.count).hasSuffix(own) { FileOperations.remove("\(path)/\(name)") }
        }
    }

    private func temporaryPath(_ records: UInt64) -> String {
        "\(path)/.\(records)-\(UInt32.random(in: 0...UInt32.max))-\(Self.processMark)\(Self.leftoverEnding)"
    }

    private func write(_ bytes: [UInt8], to file: String) throws(SnapshotError) {
        let result = bytes.withUnsafeBytes { raw in
            Result { () throws(SnapshotError) in try operations.create(file, raw) }
        }
        try result.get()
    }

    private func verify(_ file: String, is bytes: [UInt8], named final: String) throws(SnapshotError) {
        let found = try FileOperations.contents(file)
        guard found == bytes else { throw SnapshotError(.readBackDiffers, path: final) }
    }
}
