/// How one kind of value is read from a file, written back, and described.
struct ValueForm<Value: Sendable>: Sendable {
    /// In words, with the unit.
    var type: String
    /// The range or the words that are taken, as an error says it.
    var allowed: String
    var example: String
    /// Words that are known and that this version refuses.
    var later: [String] = []
    /// Nil where the node isn't such a value.
    var read: @Sendable (SourceNode) -> Value?
    /// As a file would write it; the same value always gives the same text.
    var write: @Sendable (Value) -> String
}

extension ValueForm {
    /// A form that reads one scalar.
    static func scalar(
        _ type: String, allowed: String, example: String, later: [String] = [],
        read: @escaping @Sendable (String) -> Value?, write: @escaping @Sendable (Value) -> String
    ) -> Self {
        Self(type: type, allowed: allowed, example: example, later: later) { node in
            guard case .scalar(let scalar) = node, !scalar.isNull else { return nil }
            return read(scalar.text)
        } write: {
            write($0)
        }
    }

    /// The same form with a further condition, which `allowed` has to say.
    func restricted(to allowed: String, example: String? = nil, where holds: @escaping @Sendable (Value) -> Bool)
        -> Self
    {
        var form = self
        form.allowed = allowed
        form.example = example ?? form.example
        form.read = { node in
            guard let value = read(node), holds(value) else { return nil }
            return value
        }
        return form
    }
}

extension ValueForm where Value == String {
    /// Any text but the empty one.
    static func text(_ allowed: String = "any text", example: String) -> Self {
        .scalar("text", allowed: allowed, example: example, read: { $0.isEmpty ? nil : $0 }, write: { $0 })
    }

    /// A name that can be a topic's: Kafka takes letters, digits, `.`, `_` and `-`, 249 of them at most.
    static func topicName(example: String, longest: Int = 249) -> Self {
        .scalar(
            "name", allowed: "1 to \(longest) letters, digits, `.`, `_` or `-`, not `.` or `..`", example: example,
            read: { text in
                let fits = text.utf8.allSatisfy {
                    switch $0 {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                        true
                    default: false
                    }
                }
                return fits && (1...longest).contains(text.utf8.count) && text != "." && text != ".." ? text : nil
            }, write: { $0 })
    }

    /// A JSON Pointer to something inside the record, so never the empty one.
    static func pointer(example: String) -> Self {
        .scalar(
            "JSON Pointer", allowed: "`/` and names, `~` as `~0` and `/` as `~1` inside a name (RFC 6901)",
            example: example,
            read: { text in
                guard text.hasPrefix("/") else { return nil }
                var escaped = false
                for byte in text.utf8 {
                    if escaped, byte != UInt8(ascii: "0"), byte != UInt8(ascii: "1") { return nil }
                    escaped = !escaped && byte == UInt8(ascii: "~")
                }
                return escaped ? nil : text
            }, write: { $0 })
    }
}

extension ValueForm where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the words of an enum.
    /// - Parameter only: the words that this version takes; the others are known and refused.
    static func choice(only available: [Value]? = nil, later: [String] = []) -> Self {
        let words = (available ?? Array(Value.allCases)).map(\.rawValue)
        let refused = Value.allCases.map(\.rawValue).filter { !words.contains($0) } + later
        return .scalar(
            "word", allowed: words.map { "`\($0)`" }.joined(separator: ", "), example: words.first ?? "",
            later: refused,
            read: { words.contains($0) ? Value(rawValue: $0) : nil }, write: { $0.rawValue })
    }
}

extension ValueForm where Value == Bool {
    static var flag: Self {
        .scalar(
            "flag", allowed: "`true`, `false`", example: "true",
            read: { $0 == "true" ? true : $0 == "false" ? false : nil }, write: { $0 ? "true" : "false" })
    }
}
