internal import JSONTree

/// The inside of a JSON string.
enum JSONText {
    /// The UTF-8 text that the bytes between two quotes stand for; they are known to be well formed.
    static func unescaped(_ written: some Collection<UInt8>) -> [UInt8] {
        let array = try? JSONValue.parse([UInt8]("[\"".utf8) + written + [UInt8]("\"]".utf8))
        return Array((array?[0]?.stringValue ?? "").utf8)
    }
}
