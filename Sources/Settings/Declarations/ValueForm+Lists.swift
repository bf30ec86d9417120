extension ValueForm where Value == [Int] {
    /// A list of whole numbers.
    static func wholes(_ range: ClosedRange<Int>, most: Int, example: [Int]) -> Self {
        Self(
            type: "list of whole numbers", allowed: "1 to \(most) whole numbers, each \(NumberText.range(range))",
            example: "[" + example.map(String.init).joined(separator: ", ") + "]",
            read: { node in
                guard case .list(let items, _) = node, (1...most).contains(items.count) else { return nil }
                let numbers = items.compactMap { $0.scalar.flatMap { Int($0.text) } }.filter(range.contains)
                return numbers.count == items.count ? numbers : nil
            }, write: { "[" + $0.map(String.init).joined(separator: ", ") + "]" })
    }
}

extension ValueForm {
    /// A list of words of an enum, any of them more than once.
    static func choices<Word: RawRepresentable & Sendable>(_ words: [Word], most: Int) -> ValueForm<[Word]>
    where Word.RawValue == String, Value == [Word] {
        let names = words.map(\.rawValue)
        return Self(
            type: "list of words",
            allowed: "1 to \(most) of " + names.map { "`\($0)`" }.joined(separator: ", "),
            example: "[" + names.prefix(2).joined(separator: ", ") + "]",
            read: { node in
                guard case .list(let items, _) = node, (1...most).contains(items.count) else { return nil }
                let found = items.compactMap { item in
                    item.scalar.flatMap { text in words.first { $0.rawValue == text.text } }
                }
                return found.count == items.count ? found : nil
            }, write: { "[" + $0.map(\.rawValue).joined(separator: ", ") + "]" })
    }
}
