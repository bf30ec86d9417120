internal import Failpoints
internal import Glibc

/// The calls that writing a snapshot consists of. A test hands in one that fails where it wants.
///
/// Each gives 0 (or a count) where it succeeded, else -1 with the reason in `errno`, as the system's own do.
package struct FileOperations: Sendable {
    package var write: @Sendable (_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int = {
        Glibc.write($0, $1.baseAddress, $1.count)
    }
    package var synchronize: @Sendable (_ file: Int32) -> Int32 = { fsync($0) }
    package var rename: @Sendable (_ from: String, _ to: String) -> Int32 = { Glibc.rename($0, $1) }

    package static let system = FileOperations()

    /// Makes a file of `bytes` that is on the disk when this returns.
    /// - Throws: what the system says; the file may then be there in part.
    func create(_ path: String, _ bytes: UnsafeRawBufferPointer) throws(SnapshotError) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw Self.failure("opening a file to write", path) }
        defer { close(file) }
        var rest = bytes
        while !rest.isEmpty {
            failpoint(.snapshotWrite)
            let written = write(file, rest)
            if written < 0 {
                if errno == EINTR { continue }
                throw Self.failure("writing", path)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
        }
        failpoint(.fsync)
        guard synchronize(file) == 0 else { throw Self.failure("synchronizing", path) }
    }

    func synchronizeFolder(_ path: String) throws(SnapshotError) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw Self.failure("opening the folder", path) }
        defer { close(folder) }
        failpoint(.fsync)
        guard synchronize(folder) == 0 else { throw Self.failure("synchronizing the folder", path) }
    }

    /// Makes a folder and those above it.
    func createFolder(_ path: String) throws(SnapshotError) {
        if mkdir(path, 0o755) == 0 { return }
        switch errno {
        case EEXIST: return
        case ENOENT:
            guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
                throw Self.failure("making the folder", path)
            }
            try createFolder(String(path[..<slash]))
            guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw Self.failure("making the folder", path) }
        default: throw Self.failure("making the folder", path)
        }
    }

    /// The whole of a file.
    static func contents(_ path: String) throws(SnapshotError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure("opening", path) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure("looking at", path) }
        let size = Int(status.st_size)
        var reason: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = read(file, buffer.baseAddress! + count, size - count)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { reason = errno }
                if got <= 0 { break }
                count += got
            }
        }
        guard reason == 0 else { throw SnapshotError(.system(operation: "reading", code: reason), path: path) }
        return bytes
    }

    /// The names in a folder; none where there is no such folder.
    static func names(_ path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    @discardableResult static func remove(_ path: String) -> Bool { unlink(path) == 0 }

    static func failure(_ operation: String, _ path: String) -> SnapshotError {
        SnapshotError(.system(operation: operation, code: errno), path: path)
    }
}
