/// The members of a JSON object, in the order in which they were written.
package struct JSONObject: Sendable, Equatable {
    package private(set) var keys: [String] = []
    private var members: [ExactName: JSONValue] = [:]

    package init() {}

    /// Of two members with one name the later one stays, in the earlier one's place.
    package init(_ elements: some Sequence<(String, JSONValue)>) {
        for (key, value) in elements { self[key] = value }
    }

    package var count: Int { keys.count }
    package var isEmpty: Bool { keys.isEmpty }

    /// Setting nil removes the member.
    package subscript(key: String) -> JSONValue? {
        get { members[ExactName(text: key)] }
        set {
            let name = ExactName(text: key)
            let old = newValue.map { members.updateValue($0, forKey: name) } ?? members.removeValue(forKey: name)
            switch (old, newValue) {
            case (nil, .some): keys.append(key)
            case (.some, nil): keys.removeAll { ExactName(text: $0) == name }
            default: break
            }
        }
    }
}

extension JSONObject: Sequence, ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }

    package func makeIterator() -> AnyIterator<(key: String, value: JSONValue)> {
        var index = 0
        return AnyIterator {
            guard index < keys.count, let value = self[keys[index]] else { return nil }
            defer { index += 1 }
            return (keys[index], value)
        }
    }
}

/// A name as its bytes: Swift's own strings take `K` and the Kelvin sign for the same, JSON doesn't.
private struct ExactName: Hashable {
    var text: String

    static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) {
        var copy = text
        copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
