internal import CJansson
internal import Foundation

extension JSONValue {
    /// Reads one JSON text, an object or an array. Duplicate keys, a byte order mark, U+0000 and whatever else jansson
    /// refuses is refused.
    /// - Throws: `JSONParseError` with jansson's own words and place.
    package static func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONParseError) -> JSONValue {
        var error = json_error_t()
        // jansson takes no null pointer, and an empty text has no address.
        let tree =
            bytes.baseAddress.map { json_loadb($0, bytes.count, size_t(JSON_REJECT_DUPLICATES), &error) }
            ?? json_loads("", size_t(JSON_REJECT_DUPLICATES), &error)
        guard let tree else { throw JSONParseError(error) }
        defer { json_decref(tree) }
        return JSONValue(tree)
    }

    package static func parse(_ text: String) throws(JSONParseError) -> JSONValue {
        try parse(Array(text.utf8))
    }

    package static func parse(_ bytes: [UInt8]) throws(JSONParseError) -> JSONValue {
        let result = bytes.withUnsafeBytes { raw in
            Result { () throws(JSONParseError) in try parse(raw) }
        }
        return try result.get()
    }

    /// Reads a whole file.
    /// - Throws: what the file system says, or `JSONParseError`.
    package static func parse(contentsOf path: String) throws -> JSONValue {
        try parse([UInt8](Data(contentsOf: URL(filePath: path))))
    }

    /// Copies jansson's tree. The depth is bounded by jansson's own limit of 2,048.
    private init(_ tree: UnsafeMutablePointer<json_t>) {
        switch tree.pointee.type {
        case JSON_TRUE: self = .boolean(true)
        case JSON_FALSE: self = .boolean(false)
        case JSON_INTEGER: self = .integer(json_integer_value(tree))
        case JSON_REAL: self = .number(json_real_value(tree))
        case JSON_STRING: self = .string(Self.text(json_string_value(tree), json_string_length(tree)))
        case JSON_ARRAY:
            self = .array((0..<json_array_size(tree)).compactMap { json_array_get(tree, $0).map(JSONValue.init) })
        case JSON_OBJECT:
            var object = JSONObject()
            var member = json_object_iter(tree)
            while let current = member {
                if let value = json_object_iter_value(current) {
                    object[Self.text(json_object_iter_key(current), json_object_iter_key_len(current))] = JSONValue(
                        value)
                }
                member = json_object_iter_next(tree, current)
            }
            self = .object(object)
        default: self = .null
        }
    }

    private static func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }
}

extension JSONParseError {
    init(_ error: json_error_t) {
        let reason = withUnsafeBytes(of: error.text) { text in
            String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
        }
        self.init(
            line: Int(error.line), column: Int(error.column), position: Int(error.position), reason: reason)
    }
}
