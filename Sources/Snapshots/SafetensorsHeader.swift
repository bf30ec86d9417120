internal import JSONTree
internal import Records

/// The JSON at the start of a safetensors file: which tensor lies where, and the metadata.
///
/// Source: the safetensors format; little-endian u64 N, N bytes of JSON padded so that 8 + N divides by 8, the tensors.
struct SafetensorsHeader {
    static let largestLength: UInt64 = 100_000_000
    static let metadataKey = "__metadata__"

    struct Tensor: Equatable {
        var name: String
        var element: StateArchive.Element
        var shape: [Int]
        /// Relative to the first byte after the header.
        var range: Range<Int>
    }

    var tensors: [Tensor]
    var metadata: JSONObject

    /// The header's own bytes, without the length before them: padded with spaces.
    var json: [UInt8] {
        var object = JSONObject()
        object[Self.metadataKey] = .object(metadata)
        for tensor in tensors {
            object[tensor.name] = [
                "dtype": .string(tensor.element.rawValue),
                "shape": .array(tensor.shape.map { .integer(Int64($0)) }),
                "data_offsets": [.integer(Int64(tensor.range.lowerBound)), .integer(Int64(tensor.range.upperBound))],
            ]
        }
        var json = JSONValue.object(object).serialized()
        while (8 + json.count) % 8 != 0 { json.append(UInt8(ascii: " ")) }
        return json
    }

    /// Where the header of a file ends and the tensors begin.
    /// - Throws: where the file is too short for what it promises, or the promise is absurd.
    static func end(of file: UnsafeRawBufferPointer) throws(SnapshotError) -> Int {
        guard file.count >= 8 else { throw SnapshotError(.truncated(bytes: file.count, needed: 8)) }
        let length = UInt64(littleEndian: file.loadUnaligned(as: UInt64.self))
        guard length <= largestLength else { throw SnapshotError(.headerTooLong(length)) }
        guard UInt64(file.count - 8) >= length else {
            throw SnapshotError(.truncated(bytes: file.count, needed: 8 + length))
        }
        return 8 + Int(length)
    }

    /// - Parameter bytes: the JSON alone.
    init(_ bytes: UnsafeRawBufferPointer) throws(SnapshotError) {
        guard bytes.first == UInt8(ascii: "{") else {
            throw SnapshotError(.malformedHeader(reason: "no `{` at its start"))
        }
        let json: JSONValue
        do { json = try JSONValue.parse(bytes) } catch {
            throw SnapshotError(.malformedHeader(reason: error.description))
        }
        guard let object = json.objectValue else { throw SnapshotError(.malformedHeader(reason: "not an object")) }
        guard let metadata = object[Self.metadataKey] else {
            throw SnapshotError(.missingMetadata(key: Self.metadataKey))
        }
        guard let strings = metadata.objectValue else {
            throw SnapshotError(.malformedMetadata(key: Self.metadataKey, reason: "not an object"))
        }
        self.metadata = strings
        tensors = []
        var end = 0
        for (name, entry) in object where name != Self.metadataKey {
            let tensor = try Self.tensor(name, entry)
            let begin = tensor.range.lowerBound
            if begin < end { throw SnapshotError(.overlap(name: name, begin: begin, expected: end)) }
            if begin > end { throw SnapshotError(.hole(name: name, begin: begin, expected: end)) }
            end = tensor.range.upperBound
            tensors.append(tensor)
        }
    }

    init(tensors: [Tensor], metadata: JSONObject) {
        self.tensors = tensors
        self.metadata = metadata
    }

    private static func tensor(_ name: String, _ entry: JSONValue) throws(SnapshotError) -> Tensor {
        func malformed(_ reason: String) -> SnapshotError {
            SnapshotError(.malformedTensor(name: name, reason: reason))
        }
        guard let members = entry.objectValue else { throw malformed("not an object") }
        if let key = members.keys.first(where: { !["dtype", "shape", "data_offsets"].contains($0) }) {
            throw malformed("the unknown member `\(key)`")
        }
        guard let dtype = entry["dtype"]?.stringValue else { throw malformed("no dtype") }
        guard let element = StateArchive.Element(rawValue: dtype) else {
            throw SnapshotError(.unknownElement(name: name, found: dtype))
        }
        guard let shape = counts(entry["shape"]) else { throw malformed("shape isn't a list of counts") }
        guard let offsets = counts(entry["data_offsets"]), offsets.count == 2 else {
            throw malformed("data_offsets isn't two counts")
        }
        guard offsets[0] <= offsets[1] else {
            throw malformed("it ends (\(offsets[1])) before it begins (\(offsets[0]))")
        }
        let bytes = offsets[1] - offsets[0]
        var size = element.size
        for dimension in shape {
            let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
            size = product
            if overflow { throw SnapshotError(.sizeMismatch(name: name, bytes: bytes, shape: shape, element: element)) }
        }
        guard size == bytes else {
            throw SnapshotError(.sizeMismatch(name: name, bytes: bytes, shape: shape, element: element))
        }
        return Tensor(name: name, element: element, shape: shape, range: offsets[0]..<offsets[1])
    }

    private static func counts(_ json: JSONValue?) -> [Int]? {
        guard let values = json?.arrayValue else { return nil }
        let counts = values.compactMap { $0.integerValue.flatMap { $0 >= 0 ? Int($0) : nil } }
        return counts.count == values.count ? counts : nil
    }
}
