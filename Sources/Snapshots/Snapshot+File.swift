internal import Glibc

extension Snapshot {
    /// Reads and verifies the file at `path`, whatever its name: for `millrace snapshots show` and `verify`.
    package init(contentsOf path: String) throws(SnapshotError) {
        do throws(SnapshotError) {
            self = try SnapshotFormat.decode(FileOperations.contents(path))
        } catch {
            throw SnapshotError(error.problem, path: path)
        }
    }

    /// Writes a file of any name, as a whole and read back, or not at all.
    /// - Throws: where there is one of that name already, and what the system says.
    package func write(to path: String) throws(SnapshotError) {
        guard access(path, F_OK) != 0 else {
            throw SnapshotError(.system(operation: "writing a new file", code: EEXIST), path: path)
        }
        let bytes = SnapshotFormat.encode(self)
        let temporary = path + ".partial"
        let operations = FileOperations.system
        FileOperations.remove(temporary)
        do throws(SnapshotError) {
            try bytes.withUnsafeBytes { raw in
                Result { () throws(SnapshotError) in try operations.create(temporary, raw) }
            }.get()
            guard try FileOperations.contents(temporary) == bytes else {
                throw SnapshotError(.readBackDiffers, path: path)
            }
            guard operations.rename(temporary, path) == 0 else { throw FileOperations.failure("renaming", path) }
        } catch {
            FileOperations.remove(temporary)
            throw error
        }
    }
}
