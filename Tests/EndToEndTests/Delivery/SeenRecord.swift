import JSONTree

/// One record as another client saw it, to the byte.
struct SeenRecord {
    var topic: String
    var partition: Int32
    var offset: Int64
    var content: Content

    /// What a reader gets of it, wherever it lies.
    struct Content: Hashable {
        var key: [UInt8]?
        var value: [UInt8]?
        /// Milliseconds since 1970.
        var timestamp: Int64
        var headers: [String: [UInt8]]
    }

    /// `topic/partition/offset` of the input that it was made from.
    var input: String { content.headers["millrace-input"].map { String(decoding: $0, as: UTF8.self) } ?? "no input" }
    var place: String { "\(topic)/\(partition)/\(offset)" }
}

extension SeenRecord {
    /// As `PythonClients.observe` writes it: bytes as the characters U+0000 to U+00FF.
    init(_ json: JSONValue) throws {
        guard let topic = json["topic"]?.stringValue, let partition = json["partition"]?.integerValue,
            let offset = json["offset"]?.integerValue, let timestamp = json["timestamp"]?.integerValue
        else { throw EndToEndError("not a record: \(json.text)") }
        self.topic = topic
        self.partition = Int32(partition)
        self.offset = offset
        let headers = (json["headers"]?.arrayValue ?? []).compactMap { header in
            header[0]?.stringValue.map { ($0, Self.bytes(header[1]) ?? []) }
        }
        content = Content(
            key: Self.bytes(json["key"]), value: Self.bytes(json["value"]), timestamp: timestamp,
            headers: Dictionary(headers) { $1 })
    }

    private static func bytes(_ json: JSONValue?) -> [UInt8]? {
        json?.stringValue.map { $0.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }
    }
}
