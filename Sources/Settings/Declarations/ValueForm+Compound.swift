internal import JSONTree
internal import Records

extension ValueForm where Value == SnapshotSettings.Interval {
    /// `30s`, or `10000 records`.
    static var timeOrRecords: Self {
        .scalar(
            "duration or count of records",
            allowed: "a duration like `30s` or `5m`, 1s to 24h, or a count like `10000 records`, 1 or more",
            example: "30s",
            read: { text in
                if let count = RecordsText.read(text) { return count >= 1 ? .records(count) : nil }
                guard let time = DurationText.read(text), (1000...86_400_000).contains(time) else { return nil }
                return .seconds(Double(time) / 1000)
            },
            write: { interval in
                switch interval {
                case .seconds(let seconds): DurationText.write(Int((seconds * 1000).rounded()))
                case .records(let count): "\(count) records"
                }
            })
    }
}

extension ValueForm where Value == WindowLength {
    /// `1000 records`, or `60s` of event time.
    static var window: Self {
        .scalar(
            "count of records, or duration of event time",
            allowed: "a count like `1000 records`, 2 to 10000000, or a duration of event time like `60s`, 1s to 24h",
            example: "1000 records",
            read: { text in
                if let count = RecordsText.read(text) {
                    return (2...10_000_000).contains(count) ? .records(count) : nil
                }
                guard let time = DurationText.read(text), (1000...86_400_000).contains(time) else { return nil }
                return .seconds(Double(time) / 1000)
            },
            write: { length in
                switch length {
                case .records(let count): "\(count) records"
                case .seconds(let seconds): DurationText.write(Int((seconds * 1000).rounded()))
                }
            })
    }
}

extension ValueForm where Value == HTTPAddress {
    static var address: Self {
        .scalar(
            "host:port", allowed: "a host or address and a port, 0 to 65535 (0: any free one)",
            example: "127.0.0.1:8080",
            read: { text in
                guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
                    return nil
                }
                var host = text[..<colon]
                if host.hasPrefix("["), host.hasSuffix("]") {
                    host = host.dropFirst().dropLast()
                } else if host.contains(":") {
                    return nil
                }
                guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || $0 == "/" }) else { return nil }
                return HTTPAddress(host: String(host), port: Int(port))
            }, write: { $0.description })
    }
}

extension ValueForm where Value == [String] {
    /// A list of texts, none empty.
    static func texts(_ allowed: String, example: String) -> Self {
        Self(
            type: "list of text", allowed: allowed, example: example,
            read: { node in
                guard case .list(let items, _) = node, !items.isEmpty else { return nil }
                let texts = items.compactMap { $0.scalar.flatMap { $0.isNull || $0.text.isEmpty ? nil : $0.text } }
                return texts.count == items.count ? texts : nil
            }, write: { "[" + $0.map { JSONValue.string($0).text }.joined(separator: ", ") + "]" })
    }
}

extension ValueForm where Value == [ClassName] {
    /// The classes, each as the file spells it: `NO` is text, `1` a number, `"1"` text, `true` a boolean.
    static var classes: Self {
        Self(
            type: "list of scalars",
            allowed: "two or more different texts, numbers or booleans; for `binary` two, the positive class last",
            example: "[DOWN, UP]", read: { scalars($0, 2...65_536) }, write: ClassName.settingsText)
    }
}

extension ClassName {
    /// The scalar as JSON would have it, without YAML's further readings (`NO`, `0x10`, `1_000` are text).
    /// Nil for null, which can't be a class.
    init?(raw scalar: SourceScalar) {
        if scalar.isNull { return nil }
        guard scalar.isPlain else {
            self = .text(scalar.text)
            return
        }
        switch scalar.text {
        case "true": self = .boolean(true)
        case "false": self = .boolean(false)
        default:
            let parsed = NumberText.read(scalar.text).flatMap { _ in try? JSONValue.parse("[\(scalar.text)]") }
            if let number = parsed?[0]?.doubleValue {
                self = .number(number, spelling: scalar.text)
            } else {
                self = .text(scalar.text)
            }
        }
    }

    /// Text in quotation marks, so that no two classes look alike; a number by its value.
    var settingsText: String {
        switch self {
        case .text(let text): JSONValue.string(text).text
        case .number(let number, _): NumberText.write(number)
        case .boolean(let boolean): boolean ? "true" : "false"
        }
    }

    static func settingsText(_ names: [ClassName]) -> String {
        "[" + names.map(\.settingsText).joined(separator: ", ") + "]"
    }
}
