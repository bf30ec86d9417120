internal import JSONTree
internal import Records

/// A snapshot as a safetensors file, which `safetensors.numpy.load_file` opens.
///
/// Besides the tensors' checksum the metadata holds one of the header itself, made while that one's own place is all
/// zeros: a flipped digit in a position is as bad as one in a weight.
package enum SnapshotFormat {
    private static let headerChecksumKey = "header_sha256"
    private static let noChecksum = String(repeating: "0", count: Checksum.length)

    /// - Cost: two copies of the state. The snapshot's checksum and format version are written anew.
    package static func encode(_ snapshot: Snapshot) -> [UInt8] {
        var tensors: [SafetensorsHeader.Tensor] = []
        var data: [UInt8] = []
        for name in snapshot.state.names {
            guard let tensor = snapshot.state[name] else { continue }
            let begin = data.count
            data += tensor.bytes
            tensors.append(.init(name: name, element: tensor.element, shape: tensor.shape, range: begin..<data.count))
        }
        var metadata = snapshot.metadata
        metadata.formatVersion = SnapshotMetadata.currentFormatVersion
        metadata.checksum = data.withUnsafeBytes(Checksum.hexadecimal)
        // First of all, so that no other text can stand in the header before it.
        var strings = JSONObject([(headerChecksumKey, .string(noChecksum))])
        for (key, text) in metadata.strings { strings[key.rawValue] = .string(text) }
        var json = SafetensorsHeader(tensors: tensors, metadata: strings).json
        let checksum = json.withUnsafeBytes(Checksum.hexadecimal)
        if let place = place(of: noChecksum, in: json) { json.replaceSubrange(place, with: checksum.utf8) }
        let length = withUnsafeBytes(of: UInt64(json.count).littleEndian) { [UInt8]($0) }
        return length + json + data
    }

    /// A file's bytes, not looked at.
    package static func contents(_ path: String) throws(SnapshotError) -> [UInt8] { try FileOperations.contents(path) }

    /// - Throws: `SnapshotError` for every file that isn't exactly what `encode` writes.
    package static func decode(_ file: [UInt8]) throws(SnapshotError) -> Snapshot {
        let result = file.withUnsafeBytes { bytes in Result { () throws(SnapshotError) in try decode(bytes) } }
        return try result.get()
    }

    /// The metadata alone; the header is verified, the tensors' bytes are not looked at.
    package static func decodeMetadata(_ file: [UInt8]) throws(SnapshotError) -> SnapshotMetadata {
        let result = file.withUnsafeBytes { bytes in
            Result { () throws(SnapshotError) in try header(of: bytes).metadata }
        }
        return try result.get()
    }

    private static func decode(_ file: UnsafeRawBufferPointer) throws(SnapshotError) -> Snapshot {
        let (header, metadata, start) = try header(of: file)
        let needed = header.tensors.last?.range.upperBound ?? 0
        let data = UnsafeRawBufferPointer(rebasing: file[start...])
        guard data.count >= needed else {
            throw SnapshotError(.truncated(bytes: file.count, needed: UInt64(start) + UInt64(needed)))
        }
        guard data.count == needed else { throw SnapshotError(.extraBytes(data.count - needed)) }
        let checksum = Checksum.hexadecimal(data)
        guard checksum == metadata.checksum else {
            throw SnapshotError(.checksumMismatch(part: "data", expected: metadata.checksum, found: checksum))
        }
        var state = StateArchive()
        for tensor in header.tensors {
            state.put(
                tensor.name,
                .init(element: tensor.element, shape: tensor.shape, bytes: [UInt8](data[tensor.range])))
        }
        return Snapshot(metadata: metadata, state: state)
    }

    private static func header(
        of file: UnsafeRawBufferPointer
    ) throws(SnapshotError) -> (header: SafetensorsHeader, metadata: SnapshotMetadata, end: Int) {
        let end = try SafetensorsHeader.end(of: file)
        let bytes = UnsafeRawBufferPointer(rebasing: file[8..<end])
        let header = try SafetensorsHeader(bytes)
        let metadata = try SnapshotMetadata(header.metadata)
        try verify(header, [UInt8](bytes))
        return (header, metadata, end)
    }

    private static func verify(_ header: SafetensorsHeader, _ bytes: [UInt8]) throws(SnapshotError) {
        guard let expected = header.metadata[headerChecksumKey] else {
            throw SnapshotError(.missingMetadata(key: headerChecksumKey))
        }
        guard let text = expected.stringValue, text.utf8.count == Checksum.length,
            let place = place(of: text, in: bytes)
        else { throw SnapshotError(.malformedMetadata(key: headerChecksumKey, reason: "not a checksum")) }
        var original = bytes
        original.replaceSubrange(place, with: noChecksum.utf8)
        let found = original.withUnsafeBytes(Checksum.hexadecimal)
        guard found == text else {
            throw SnapshotError(.checksumMismatch(part: "header", expected: text, found: found))
        }
    }

    /// The first place where the header's checksum stands as `text`.
    private static func place(of text: String, in json: [UInt8]) -> Range<Int>? {
        let wanted = Array("\"\(text)\"".utf8)
        guard json.count >= wanted.count else { return nil }
        for start in 0...(json.count - wanted.count) where json[start] == wanted[0] {
            if json[start..<start + wanted.count].elementsEqual(wanted) {
                return start + 1..<start + 1 + text.utf8.count
            }
        }
        return nil
    }
}
