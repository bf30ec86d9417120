internal import CJansson
internal import Foundation

extension JSONValue {
    /// The JSON text: members in their order, numbers with as many digits as bring them all back exactly. A number that
    /// JSON has no word for (NaN, infinities) becomes null.
    package func serialized(pretty: Bool = false) -> [UInt8] {
        let tree = makeTree()
        defer { json_decref(tree) }
        let layout = pretty ? (2 & 0x1F) : Int(JSON_COMPACT)
        let precision = (significantDigits & 0x1F) << 11
        let flags = size_t(layout | precision | Int(JSON_ENCODE_ANY))
        // One pass, where asking for the size first would take two. U+0000 is escaped, so the end is the end.
        guard let text = json_dumps(tree, flags) else { return [] }
        defer { free(text) }
        return [UInt8](UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }

    package var text: String { String(decoding: serialized(), as: UTF8.self) }

    /// jansson has one precision for a whole text: the most digits that any number in it needs, 17 at most.
    private var significantDigits: Int {
        switch self {
        case .number(let number):
            // By bytes: by characters this would be the dearest step of a drift record.
            number.description.utf8.prefix { $0 != UInt8(ascii: "e") }.drop { $0 < UInt8(ascii: "1") }
                .count { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        case .array(let elements): elements.lazy.map(\.significantDigits).max() ?? 1
        case .object(let object): object.lazy.map(\.value.significantDigits).max() ?? 1
        default: 1
        }
    }

    private func makeTree() -> OpaqueTree {
        switch self {
        case .null: json_null()
        case .boolean(let boolean): boolean ? json_true() : json_false()
        case .integer(let integer): json_integer(integer)
        case .number(let number): json_real(number) ?? json_null()
        case .string(let text): Self.string(text)
        case .array(let elements):
            elements.reduce(into: json_array()) { tree, element in json_array_append_new(tree, element.makeTree()) }
        case .object(let object):
            object.reduce(into: json_object()) { tree, member in
                let key = Array(member.key.utf8CString)
                json_object_setn_new_nocheck(tree, key, key.count - 1, member.value.makeTree())
            }
        }
    }

    private static func string(_ text: String) -> OpaqueTree {
        var text = text
        return text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { json_stringn_nocheck($0.baseAddress ?? emptyText, $0.count) }
        }
    }

    private typealias OpaqueTree = UnsafeMutablePointer<json_t>?
}

/// An empty Swift string may have no address, and jansson takes no null pointer.
private nonisolated(unsafe) let emptyText = UnsafePointer(strdup("")!)
