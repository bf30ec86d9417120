import Foundation
import JSONTree
import TestSupport
import Testing

/// One case of the reference vectors.
struct VectorCase: CustomStringConvertible {
    let file: String
    let json: JSONValue

    var description: String { "\(file) \(text("kind")) \((json["loss"]?.stringValue) ?? "")" }

    var fading: Double? { json["fading"]?.doubleValue }

    func text(_ key: String) -> String { json[key]?.stringValue ?? "" }
    func number(_ key: String) throws -> Double { try #require(json[key]?.doubleValue) }
    func numbers(_ key: String) throws -> [Double] {
        try #require(json[key]?.arrayValue).map { try #require($0.doubleValue) }
    }
    func rows(_ key: String) throws -> [[Double]] {
        try #require(json[key]?.arrayValue).map { row in
            try #require(row.arrayValue).map { try #require($0.doubleValue) }
        }
    }

    /// All cases of all files of linear vectors whose kind is one of `kinds`; never none.
    static func all(kinds: Set<String>) throws -> [VectorCase] {
        let cases = try Fixtures.vectors("linear").flatMap { file in
            let tree = try JSONValue.parse(contentsOf: file.path)
            return try #require(tree["cases"]?.arrayValue).map { VectorCase(file: file.lastPathComponent, json: $0) }
        }.filter { kinds.contains($0.text("kind")) }
        try #require(!cases.isEmpty, "no case of \(kinds.sorted())")
        return cases
    }
}

/// The largest difference, relative to the largest magnitude expected.
func relativeError(_ found: [Double], _ expected: [Double]) -> Double {
    precondition(found.count == expected.count && !found.isEmpty)
    let scale = expected.map { abs($0) }.max() ?? 0
    let difference = zip(found, expected).map { $0.isFinite ? abs($0 - $1) : .infinity }.max() ?? 0
    return scale > 0 ? difference / scale : difference
}
