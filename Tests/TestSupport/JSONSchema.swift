import Foundation
package import JSONTree

/// The part of JSON Schema (draft 2020-12) that the project's schemas use, to hold real output against them.
///
/// A keyword that it doesn't know is a finding of its own, so that no schema says more than is checked.
package struct JSONSchema {
    private let root: JSONValue
    private static let words: Set = ["$schema", "title", "description"]

    package init(_ root: JSONValue) { self.root = root }

    /// One of the schemas under `Topics/`: `JSONSchema(named: "prediction")`.
    package init(named name: String) throws {
        let path = Fixtures.checkout.appending(path: "Topics/\(name).schema.json").path
        root = try JSONValue.parse(contentsOf: path)
    }

    /// What is wrong with a value, each with its JSON Pointer; empty where it fits.
    package func findings(_ value: JSONValue) -> [String] { Self.findings(value, root, at: "") }

    private static func findings(_ value: JSONValue, _ schema: JSONValue, at pointer: String) -> [String] {
        guard let keywords = schema.objectValue else { return ["\(pointer): the schema is no object"] }
        return keywords.keys.flatMap { keyword -> [String] in
            let rule = keywords[keyword] ?? .null
            let holds: Bool
            switch keyword {
            case let word where words.contains(word): holds = true
            case "properties", "required", "additionalProperties", "minProperties":
                return object(value, keyword, rule, schema, pointer)
            case "type": holds = (rule.arrayValue ?? [rule]).contains { isType(value, $0.stringValue ?? "") }
            case "enum": holds = rule.arrayValue?.contains(value) == true
            case "minimum": holds = value.doubleValue.map { $0 >= rule.doubleValue ?? .nan } ?? true
            case "maximum": holds = value.doubleValue.map { $0 <= rule.doubleValue ?? .nan } ?? true
            case "items":
                return (value.arrayValue ?? []).enumerated().flatMap { findings($1, rule, at: "\(pointer)/\($0)") }
            case "minItems": holds = value.arrayValue.map { Int64($0.count) >= rule.integerValue ?? .max } ?? true
            case "maxItems": holds = value.arrayValue.map { Int64($0.count) <= rule.integerValue ?? .min } ?? true
            case "minLength":
                holds = value.stringValue.map { Int64($0.unicodeScalars.count) >= rule.integerValue ?? .max } ?? true
            case "pattern":
                holds =
                    value.stringValue.map { $0.range(of: rule.stringValue ?? "", options: .regularExpression) != nil }
                    ?? true
            default: return ["\(pointer): the check doesn't know `\(keyword)`"]
            }
            return holds ? [] : ["\(pointer): \(value.text) breaks \(keyword) \(rule.text)"]
        }
    }

    private static func object(
        _ value: JSONValue, _ keyword: String, _ rule: JSONValue, _ schema: JSONValue, _ pointer: String
    ) -> [String] {
        guard let members = value.objectValue else { return [] }
        switch keyword {
        case "required":
            return (rule.arrayValue ?? []).compactMap(\.stringValue).filter { members[$0] == nil }
                .map { "\(pointer)/\($0): is missing" }
        case "minProperties":
            return Int64(members.count) >= rule.integerValue ?? .max ? [] : ["\(pointer): has too few members"]
        case "properties":
            return (rule.objectValue?.keys ?? []).flatMap { name -> [String] in
                guard let member = members[name], let inner = rule[name] else { return [] }
                return findings(member, inner, at: "\(pointer)/\(name)")
            }
        default:
            let declared = Set(schema["properties"]?.objectValue?.keys ?? [])
            return members.keys.filter { !declared.contains($0) }.flatMap { name -> [String] in
                if rule == .boolean(false) { return ["\(pointer)/\(name): isn't declared"] }
                guard rule != .boolean(true), let member = members[name] else { return [] }
                return findings(member, rule, at: "\(pointer)/\(name)")
            }
        }
    }

    private static func isType(_ value: JSONValue, _ type: String) -> Bool {
        switch (value, type) {
        case (.null, "null"), (.boolean, "boolean"), (.integer, "integer"), (.integer, "number"), (.number, "number"),
            (.string, "string"), (.array, "array"), (.object, "object"):
            true
        // 1.0 is an integer to JSON Schema.
        case (.number(let number), "integer"): number == number.rounded()
        default: false
        }
    }
}
