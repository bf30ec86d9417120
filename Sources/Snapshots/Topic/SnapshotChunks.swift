/// A snapshot's file cut into chunks: all of one size but the last.
package struct SnapshotChunks: Sendable {
    package let ranges: [Range<Int>]

    /// - Parameter size: the most bytes of a chunk, at least 1.
    package init(bytes: Int, size: Int) {
        let size = max(size, 1)
        ranges = stride(from: 0, to: max(bytes, 0), by: size).map { $0..<min($0 + size, bytes) }
    }
}

/// A snapshot's file put together again from its chunks, in whatever order they come.
///
/// Memory: what has come, at most what the manifest promises. The last value of a chunk counts, as compaction has it.
package struct SnapshotAssembly: Sendable {
    private let manifest: SnapshotManifest
    private var parts: [Int: [UInt8]] = [:]
    private var size = 0

    package init(_ manifest: SnapshotManifest) { self.manifest = manifest }

    /// Every chunk has come once.
    package var isComplete: Bool { parts.count == manifest.chunks }

    /// Takes a record of the topic, whichever it is.
    package mutating func take(_ key: SnapshotKey, _ value: UnsafeRawBufferPointer) {
        guard key.partition == manifest.partition, key.records == manifest.outline.recordsConsumed,
            case .chunk(manifest.content, let number) = key.part, (0..<manifest.chunks).contains(number)
        else { return }
        let former = parts[number]?.count ?? 0
        // One that takes more than all of them may isn't kept: the missing chunk then says so.
        guard value.count <= manifest.bytes, size - former <= manifest.bytes - value.count else { return }
        parts[number] = Array(value)
        size += value.count - former
    }

    /// The whole file.
    /// - Throws: where a chunk is missing or the bytes aren't those that the manifest was written for.
    package consuming func file() throws(SnapshotError) -> [UInt8] {
        for number in 0..<manifest.chunks where parts[number] == nil {
            throw SnapshotError(.missingChunk(number: number, chunks: manifest.chunks))
        }
        var file: [UInt8] = []
        file.reserveCapacity(size)
        for number in 0..<manifest.chunks { file += parts.removeValue(forKey: number) ?? [] }
        let found = file.withUnsafeBytes(Checksum.hexadecimal)
        guard found == manifest.checksum else {
            throw SnapshotError(.checksumMismatch(part: "file", expected: manifest.checksum, found: found))
        }
        return file
    }
}
