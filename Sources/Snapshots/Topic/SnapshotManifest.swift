package import JSONTree
internal import Records

/// The last record of a snapshot in a topic: what its chunks add up to, and what a restore chooses it by.
///
/// It is written when the chunks have been read back, so a snapshot without one was never finished.
package struct SnapshotManifest: Sendable, Equatable {
    /// The form that this version writes. A reader refuses every other one by name.
    package static let currentFormat = 1

    package var partition: Int32
    package var outline: SnapshotOutline
    /// Of the safetensors file that the chunks add up to.
    package var bytes: Int
    package var chunks: Int
    /// SHA-256 of that file, in hexadecimal.
    package var checksum: String
    /// The offset at or after which all its chunks stand.
    package var start: Int64
    /// The records of the newest snapshot that its writer knew of, itself included. Where it is more than this one's, a
    /// process that had lost the partition wrote this, and a newer snapshot stands before it in the topic.
    package var newestRecords: UInt64

    package init(
        partition: Int32, outline: SnapshotOutline, bytes: Int, chunks: Int, checksum: String, start: Int64,
        newestRecords: UInt64
    ) {
        self.partition = partition
        self.outline = outline
        self.bytes = bytes
        self.chunks = chunks
        self.checksum = checksum
        self.start = start
        self.newestRecords = newestRecords
    }

    package var key: SnapshotKey {
        SnapshotKey(partition: partition, records: outline.recordsConsumed, part: .manifest)
    }

    package func chunkKey(_ number: Int) -> SnapshotKey {
        SnapshotKey(
            partition: partition, records: outline.recordsConsumed, part: .chunk(content: content, number: number))
    }

    package static func checksum(of file: [UInt8]) -> String { file.withUnsafeBytes(Checksum.hexadecimal) }

    /// By what its chunks are named.
    var content: String { String(checksum.prefix(SnapshotKey.contentLength)) }

    package var json: JSONValue {
        var object: JSONObject = [
            "format": .integer(Int64(Self.currentFormat)), "pipeline": .string(outline.pipeline),
            "partition": .integer(Int64(partition)), "records": .integer(Int64(clamping: outline.recordsConsumed)),
            "learned": .integer(Int64(clamping: outline.recordsLearned)),
            "positions": .array(outline.positions.map(\.json)),
            "settings_digest": .string(outline.settingsDigest), "written_at": .integer(outline.writtenAt),
            "bytes": .integer(Int64(bytes)), "chunks": .integer(Int64(chunks)), "sha256": .string(checksum),
            "start": .integer(start), "newest_records": .integer(Int64(clamping: newestRecords)),
        ]
        if let position = outline.journalPosition { object["journal_position"] = .integer(position) }
        return .object(object)
    }

    /// The record's value.
    package var record: [UInt8] { json.serialized() }

    /// - Parameter key: where the record stands; a manifest under another one's key is refused.
    /// - Throws: `malformedManifest` for everything that isn't what this version writes.
    package init(_ value: UnsafeRawBufferPointer, key: SnapshotKey) throws(SnapshotError) {
        let json: JSONValue
        do { json = try JSONValue.parse(value) } catch { throw Self.malformed(error.description) }
        let reader = ManifestReader(json: json)
        let format = try reader.count("format")
        guard format == Self.currentFormat else { throw SnapshotError(.unknownFormatVersion(String(format))) }
        let positions = (json["positions"]?.arrayValue ?? []).map { RecordPosition($0) }
        self.init(
            partition: Int32(clamping: try reader.count("partition")),
            outline: SnapshotOutline(
                pipeline: try reader.text("pipeline"), settingsDigest: try reader.text("settings_digest"),
                positions: positions.compactMap { $0 },
                journalPosition: json["journal_position"] == nil ? nil : try reader.count("journal_position"),
                recordsConsumed: UInt64(try reader.count("records")),
                recordsLearned: UInt64(try reader.count("learned")), writtenAt: try reader.count("written_at")),
            bytes: Int(try reader.count("bytes")), chunks: Int(try reader.count("chunks")),
            checksum: try reader.text("sha256"), start: try reader.count("start"),
            newestRecords: UInt64(try reader.count("newest_records")))
        guard !positions.isEmpty, positions.count == outline.positions.count else {
            throw Self.malformed("`positions` isn't a list of positions")
        }
        guard checksum.utf8.count == Checksum.length else { throw Self.malformed("`sha256` isn't a checksum") }
        guard chunks > 0, chunks <= bytes else { throw Self.malformed("\(chunks) chunks of \(bytes) bytes") }
        guard partition == key.partition, outline.recordsConsumed == key.records else {
            throw SnapshotError(.otherPosition(name: key.records, metadata: outline.recordsConsumed))
        }
    }

    fileprivate static func malformed(_ reason: String) -> SnapshotError {
        SnapshotError(.malformedManifest(reason: reason))
    }
}

private struct ManifestReader {
    let json: JSONValue

    func text(_ key: String) throws(SnapshotError) -> String {
        guard let text = json[key]?.stringValue else { throw SnapshotManifest.malformed("`\(key)` isn't a text") }
        return text
    }

    func count(_ key: String) throws(SnapshotError) -> Int64 {
        guard let number = json[key]?.integerValue, number >= 0 else {
            throw SnapshotManifest.malformed("`\(key)` isn't a count")
        }
        return number
    }
}
