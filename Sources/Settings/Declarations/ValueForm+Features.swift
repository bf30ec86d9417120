internal import JSONTree
internal import Records

extension ValueForm where Value == [ClassName] {
    /// One or more different scalars, each as the file spells it.
    static var values: Self {
        Self(
            type: "list of scalars", allowed: "a list of different texts, numbers or booleans, 1 to 4096 of them",
            example: "[1, 2, 3]", read: { scalars($0, 1...4096) }, write: ClassName.settingsText)
    }

    /// As many different scalars as `count` says; nil for anything else.
    static func scalars(_ node: SourceNode, _ count: ClosedRange<Int>) -> [ClassName]? {
        guard case .list(let items, _) = node, count.contains(items.count) else { return nil }
        let names = items.compactMap { $0.scalar.flatMap(ClassName.init(raw:)) }
        return names.count == items.count && Set(names).count == names.count ? names : nil
    }
}

extension ValueForm where Value == [Int] {
    /// Channels, height and width.
    static var shape: Self {
        Self(
            type: "list of three whole numbers", allowed: "[channels, height, width], whole numbers from 1 on",
            example: "[1, 8, 8]",
            read: { node in
                guard case .list(let items, _) = node, items.count == 3 else { return nil }
                let sizes = items.compactMap { $0.scalar.flatMap { Int($0.text) } }
                return sizes.count == 3 && sizes.allSatisfy((1...65_536).contains) ? sizes : nil
            }, write: { "[" + $0.map(String.init).joined(separator: ", ") + "]" })
    }
}

extension ValueForm where Value == [String] {
    /// `p0..p63`, or a list of names. It is written as the list.
    static var columns: Self {
        Self(
            type: "range or list of names", allowed: "`p0..p63`, or a list of different names", example: "p0..p63",
            read: { node in
                if let scalar = node.scalar, !scalar.isNull { return range(scalar.text) }
                guard let names = texts("", example: "").read(node) else { return nil }
                return Set(names).count == names.count ? names : nil
            }, write: { texts("", example: "").write($0) })
    }

    /// The names from the first to the last one, which differ by the number that they end in.
    private static func range(_ text: String) -> [String]? {
        guard let dots = text.firstRange(of: "..") else { return nil }
        func parts(_ name: Substring) -> (front: Substring, number: Int)? {
            let front = name.prefix(name.count - name.reversed().prefix { $0.isASCII && $0.isNumber }.count)
            let digits = name.dropFirst(front.count)
            guard let number = Int(digits), String(number) == digits else { return nil }
            return (front, number)
        }
        guard let first = parts(text[..<dots.lowerBound]), let last = parts(text[dots.upperBound...]),
            first.front == last.front, first.number <= last.number, last.number - first.number < 65_536
        else { return nil }
        return (first.number...last.number).map { "\(first.front)\($0)" }
    }
}

extension ValueForm where Value == [[String]] {
    static var pairs: Self {
        Self(
            type: "list of pairs", allowed: "a list of pairs of names of features, like `[[day, merchant]]`",
            example: "[[day, merchant]]",
            read: { node in
                guard case .list(let items, _) = node else { return nil }
                let form = ValueForm<[String]>.texts("", example: "")
                let pairs = items.compactMap { form.read($0) }
                return pairs.count == items.count && pairs.allSatisfy { $0.count == 2 } ? pairs : nil
            },
            write: { pairs in
                "[" + pairs.map(ValueForm<[String]>.texts("", example: "").write).joined(separator: ", ") + "]"
            })
    }
}
