import JSONTree
import RecordCodecs
import Records

/// What a decode gave, as values that can be compared; the row bit for bit.
struct Outcome: Equatable {
    var row: [UInt32] = []
    var id: String?
    var timestamp: Int64?
    var label: Label = .absent
    var weight: UInt64 = 0
    var error: DecodeError?
}

extension RecordSchema {
    /// Two features, classes UP and DOWN.
    static func binary(
        _ names: [String] = ["a", "b"], classes: [ClassName] = [.text("DOWN"), .text("UP")],
        missing: MissingPolicy = .mean
    ) -> RecordSchema {
        RecordSchema(
            features: names.map { FeatureDeclaration(name: $0, missing: missing) }, target: .binary(classes: classes))
    }

    static let regression = RecordSchema(
        features: [FeatureDeclaration(name: "a"), FeatureDeclaration(name: "b")], target: .regression)
}

/// A decoder and its row. A class, because `#expect` copies what it looks at.
final class Bench {
    let schema: RecordSchema
    var decoder: RecordDecoder
    var row: [Float]

    init(_ schema: RecordSchema) throws {
        self.schema = schema
        decoder = try RecordDecoder(schema)
        row = Array(repeating: 7, count: schema.features.count)
    }

    func decode(_ bytes: [UInt8]) -> Outcome { run(bytes, slowly: false) }
    func decode(_ text: String) -> Outcome { decode(Array(text.utf8)) }
    func decodeSlowly(_ bytes: [UInt8]) -> Outcome { run(bytes, slowly: true) }

    /// Whether the fast way takes the record.
    func scans(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { raw in row.withUnsafeMutableBufferPointer { decoder.scans(raw, into: $0) } }
    }

    func explain(_ text: String) -> DecodeReason? {
        guard let error = decode(text).error else { return nil }
        return Array(text.utf8).withUnsafeBytes { decoder.explain(error, value: $0) }
    }

    private func run(_ bytes: [UInt8], slowly: Bool) -> Outcome {
        var outcome = Outcome()
        bytes.withUnsafeBytes { raw in
            row.withUnsafeMutableBufferPointer { row in
                do throws(DecodeError) {
                    let record =
                        try slowly
                        ? decoder.decodeWithTree(raw, into: row) : decoder.decode(raw, into: row)
                    outcome.row = row.map(\.bitPattern)
                    outcome.id = record.id.map { String(decoding: $0, as: UTF8.self) }
                    outcome.timestamp = record.timestamp
                    outcome.label = record.label
                    outcome.weight = record.weight.bitPattern
                } catch {
                    outcome.error = error
                }
            }
        }
        return outcome
    }
}

extension Outcome {
    var floats: [Float] { row.map(Float.init(bitPattern:)) }
}
