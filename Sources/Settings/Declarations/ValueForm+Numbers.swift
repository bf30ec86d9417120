internal import Foundation

extension ValueForm where Value == Int {
    static func whole(_ range: ClosedRange<Int>, unit: String? = nil, example: Int? = nil) -> Self {
        .scalar(
            unit.map { "whole number of \($0)" } ?? "whole number",
            allowed: "a whole number, \(NumberText.range(range))", example: String(example ?? range.lowerBound),
            read: { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }, write: { String($0) })
    }

    /// A count of records: `10000 records` or `10000`.
    static func records(_ range: ClosedRange<Int>, example: Int) -> Self {
        .scalar(
            "count of records", allowed: "`N` or `N records`, \(NumberText.range(range))", example: String(example),
            read: { text in RecordsText.read(text).flatMap { range.contains($0) ? $0 : nil } }, write: { String($0) })
    }

    /// A length of time in milliseconds.
    static func milliseconds(_ range: ClosedRange<Int>, example: Int) -> Self {
        let limits = "\(DurationText.write(range.lowerBound)) to \(DurationText.write(range.upperBound))"
        return .scalar(
            "duration (ms, s, m or h)", allowed: "a duration like `100ms`, `30s`, `5m` or `24h`, \(limits)",
            example: DurationText.write(example),
            read: { text in DurationText.read(text).flatMap { range.contains($0) ? $0 : nil } },
            write: { DurationText.write($0) })
    }
}

extension ValueForm where Value == UInt64 {
    static var seed: Self {
        .scalar(
            "whole number", allowed: "a whole number, 0 to \(UInt64.max)", example: "42", read: { UInt64($0) },
            write: { String($0) })
    }
}

extension ValueForm where Value == Double {
    /// A finite number for which `holds` is true; `limits` says in words for which.
    static func number(_ limits: String, example: Double, where holds: @escaping @Sendable (Double) -> Bool) -> Self {
        .scalar(
            "number", allowed: "a number, \(limits)", example: NumberText.write(example),
            read: { text in NumberText.read(text).flatMap { holds($0) ? $0 : nil } }, write: { NumberText.write($0) })
    }

    static func positive(example: Double) -> Self { .number("above 0", example: example) { $0 > 0 } }
    static func notNegative(example: Double) -> Self { .number("0 or more", example: example) { $0 >= 0 } }
    static func open01(example: Double) -> Self {
        .number("above 0 and below 1", example: example) { $0 > 0 && $0 < 1 }
    }
    static func halfOpen01(example: Double) -> Self {
        .number("0 or more and below 1", example: example) { $0 >= 0 && $0 < 1 }
    }
    static func fading(example: Double) -> Self {
        .number("above 0, at most 1", example: example) { $0 > 0 && $0 <= 1 }
    }
}

/// Numbers as settings write them.
package enum NumberText {
    /// Decimal digits with an optional sign, fraction and exponent; no hexadecimal, no infinity, no NaN.
    package static func read(_ text: String) -> Double? {
        let plain = text.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                true
            default: false
            }
        }
        guard plain, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// The shortest text that reads back as the same number: `0.1`, `1e-6`, `1e15`, `42`.
    package static func write(_ number: Double) -> String {
        if number == number.rounded(), abs(number) < 1e18 { return whole(Int64(number)) }
        let text = "\(number)"
        guard let mark = text.firstIndex(of: "e") else { return text }
        let digits = text[..<mark]
        let exponent = Int(text[text.index(after: mark)...]) ?? 0
        return (digits.hasSuffix(".0") ? digits.dropLast(2) : digits) + "e\(exponent)"
    }

    /// With many zeros as an exponent.
    private static func whole(_ number: Int64) -> String {
        let text = String(number)
        let zeros = text.reversed().prefix { $0 == "0" }.count
        return zeros >= 9 ? text.dropLast(zeros) + "e\(zeros)" : text
    }

    static func range(_ range: ClosedRange<Int>) -> String {
        range.upperBound == .max ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
    }
}

/// Counts of records: `10000 records`, `1 record` or `10000`.
enum RecordsText {
    package static func read(_ text: String) -> Int? {
        for unit in [" records", " record"] where text.hasSuffix(unit) {
            return Int(text.dropLast(unit.count).trimmingCharacters(in: .whitespaces))
        }
        return Int(text)
    }
}

/// Lengths of time in whole milliseconds.
package enum DurationText {
    private static let units: [(name: String, milliseconds: Int)] = [
        ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Nil where there is no unit, or the length isn't a whole number of milliseconds.
    package static func read(_ text: String) -> Int? {
        let unit = text.drop { !$0.isLetter }
        guard let scale = units.first(where: { $0.name == unit })?.milliseconds,
            let number = NumberText.read(
                text.dropLast(unit.count).trimmingCharacters(in: .whitespaces)),
            number >= 0, number * Double(scale) < 1e15, (number * Double(scale)).rounded() == number * Double(scale)
        else { return nil }
        return Int(number * Double(scale))
    }

    /// In the largest unit that leaves a whole number.
    package static func write(_ milliseconds: Int) -> String {
        let unit = units.first { milliseconds % $0.milliseconds == 0 && milliseconds != 0 } ?? ("s", 1000)
        return "\(milliseconds / unit.milliseconds)\(unit.name)"
    }
}
