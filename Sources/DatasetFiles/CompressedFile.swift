internal import CZlib
internal import Foundation

/// A file that is read front to back, plain or gzip: zlib tells which.
struct CompressedFile: ~Copyable {
    private let file: gzFile
    let path: String
    /// Bytes on disk.
    let size: Int

    init(path: String) throws(DatasetError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .unreadable(file: path, reason: String(cString: strerror(errno))) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw .unreadable(file: path, reason: "it is a folder") }
        guard let file = gzopen(path, "rb") else {
            throw .unreadable(file: path, reason: String(cString: strerror(errno)))
        }
        gzbuffer(file, 1 << 17)
        self.file = file
        self.path = path
        size = Int(status.st_size)
    }

    deinit { gzclose(file) }

    /// How many bytes of those on disk have been read.
    var position: Int { min(size, max(0, Int(gzoffset(file)))) }

    /// Fills as much of `target` as there is; 0 at the end.
    func read(into target: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
        let count = gzread(file, target.baseAddress, UInt32(clamping: target.count))
        var code: Int32 = 0
        let words = gzerror(file, &code)
        // A file that ends in the middle of its gzip stream reads well to there.
        guard count >= 0, code == Z_OK || code == Z_STREAM_END else {
            let reason =
                code == Z_BUF_ERROR ? "it ends in the middle of its gzip stream" : words.map { String(cString: $0) }
            throw .unreadable(file: path, reason: reason ?? "zlib error \(code)")
        }
        return Int(count)
    }
}
