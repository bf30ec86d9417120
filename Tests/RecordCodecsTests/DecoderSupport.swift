import JSONTree
import RecordCodecs
import Records

/// What a decode gave, as values that can be compared; the row bit for bit, as far as it means something.
struct Outcome: Equatable {
    /// Of numbers and vectors, and of a sequence's steps.
    var row: [UInt32] = []
    var codes: [UInt64] = []
    var counts: [UInt32] = []
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
    let row: FeatureRow

    init(_ schema: RecordSchema) throws {
        self.schema = schema
        decoder = try RecordDecoder(schema)
        row = FeatureRow(features: schema.features)
    }

    func decode(_ bytes: [UInt8]) -> Outcome { run(bytes, slowly: false) }
    func decode(_ text: String) -> Outcome { decode(Array(text.utf8)) }
    func decodeSlowly(_ bytes: [UInt8]) -> Outcome { run(bytes, slowly: true) }

    /// Whether the fast way takes the record.
    func scans(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { decoder.scans($0, into: row) }
    }

    func explain(_ text: String) -> DecodeReason? {
        guard let error = decode(text).error else { return nil }
        return Array(text.utf8).withUnsafeBytes { decoder.explain(error, value: $0) }
    }

    private func run(_ bytes: [UInt8], slowly: Bool) -> Outcome {
        var outcome = Outcome()
        bytes.withUnsafeBytes { raw in
            do throws(DecodeError) {
                let record =
                    try slowly ? decoder.decodeWithTree(raw, into: row) : decoder.decode(raw, into: row)
                take(row, into: &outcome)
                outcome.id = record.id.map { String(decoding: $0, as: UTF8.self) }
                outcome.timestamp = record.timestamp
                outcome.label = record.label
                outcome.weight = record.weight.bitPattern
            } catch {
                outcome.error = error
            }
        }
        return outcome
    }

    private func take(_ row: borrowing FeatureRow, into outcome: inout Outcome) {
        outcome.counts = Array(row.counts)
        outcome.row = row.columns.map(\.bitPattern)
        for (index, feature) in schema.features.enumerated() {
            let place = row.layout.places[index]
            let count = Int(row.counts[index])
            switch feature.kind {
            case .sequence:
                outcome.row += row.numbers[place.first..<place.first + count * place.length].map(\.bitPattern)
            case .category, .timestamp, .text: outcome.codes += row.codes[place.first..<place.first + count]
            case .number, .vector: break
            }
        }
    }
}

extension Outcome {
    var floats: [Float] { row.map(Float.init(bitPattern:)) }
}
