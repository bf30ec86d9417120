import OnlineLearning
import Records
import TestSupport

/// What a record says of one feature.
enum Cell {
    case number(Float)
    case category(ClassName)
    case vector([Float])
    case steps([[Float]])
    case time(Int64)
    case words([String])
}

/// An encoder and its row. A class, because `#expect` copies what it looks at.
final class EncoderBench {
    let configuration: FeatureEncoderConfiguration
    var encoder: FeatureEncoder
    let row: FeatureRow

    init(_ configuration: FeatureEncoderConfiguration) {
        self.configuration = configuration
        encoder = FeatureEncoder(configuration)
        row = FeatureRow(features: configuration.features)
    }

    convenience init(_ features: [FeatureDeclaration], interactions: [FeatureInteraction] = []) {
        self.init(FeatureEncoderConfiguration(features: features, interactions: interactions))
    }

    /// Writes a record's features; those that aren't named are missing.
    func fill(_ cells: [String: Cell]) {
        row.clear()
        for (index, feature) in configuration.features.enumerated() {
            guard let cell = cells[feature.name] else { continue }
            let first = row.layout.places[index].first
            row.counts[index] = 1
            switch cell {
            case .number(let number): row.numbers[first] = number
            case .category(let name): row.codes[first] = ValueHash.of(name)
            case .time(let milliseconds): row.codes[first] = UInt64(milliseconds)
            case .vector(let values):
                for (offset, value) in values.enumerated() { row.numbers[first + offset] = value }
            case .steps(let steps):
                row.counts[index] = UInt32(steps.count)
                for (offset, value) in steps.joined().enumerated() { row.numbers[first + offset] = value }
            case .words(let words):
                row.counts[index] = UInt32(words.count)
                for (offset, word) in words.enumerated() { row.codes[first + offset] = ValueHash.text(word) }
            }
        }
    }

    struct Input: Equatable {
        var dense: [Float]
        var sparse: [SparseValue]
        var steps: Int
    }

    func encode(_ cells: [String: Cell], key: UInt64 = 0) -> Input {
        fill(cells)
        let input = encoder.encode(row, key: key)
        return Input(dense: Array(input.dense), sparse: Array(input.sparse), steps: input.steps)
    }

    func update(_ cells: [String: Cell], key: UInt64 = 0, label: Label = .absent) {
        fill(cells)
        encoder.update(row, key: key, label: label)
    }

    var state: StateArchive {
        var archive = StateArchive()
        encoder.save(to: &archive, under: "encoder")
        return archive
    }

    func restore(_ state: StateArchive) throws(StateError) { try encoder.restore(from: state, under: "encoder") }

    /// All kinds and encodings at once.
    static let everything = FeatureEncoderConfiguration(
        features: [
            FeatureDeclaration(name: "city", kind: .category(.hashed(bits: 12)), missing: .indicator),
            FeatureDeclaration(name: "a", scaling: .robust, missing: .indicator),
            FeatureDeclaration(
                name: "shop", kind: .category(.vocabulary(VocabularyLimits(cap: 5, minimum: 2, expiry: 40)))),
            FeatureDeclaration(name: "pixels", kind: .vector(length: 3), scaling: .minMax),
            FeatureDeclaration(
                name: "day", kind: .category(.oneHot(values: (1...7).map { .number(Double($0), spelling: "\($0)") }))),
            FeatureDeclaration(name: "b", missing: .constant, constant: 5),
            FeatureDeclaration(name: "when", kind: .timestamp),
            FeatureDeclaration(name: "note", kind: .text(bits: 10)),
        ],
        interactions: [
            FeatureInteraction("city", "day"), FeatureInteraction("a", "city"), FeatureInteraction("b", "a"),
        ],
        selection: FeatureSelection(.mutualInformation, keep: 12, every: 50), target: twoClasses)

    /// A record for them, with now and then something missing.
    static func record(_ generator: inout SplitMix64) -> [String: Cell] {
        func number() -> Float { Float.random(in: -9...9, using: &generator) }
        var cells: [String: Cell] = [
            "city": .category(.text("c\(Int.random(in: 0..<5000, using: &generator))")), "a": .number(number()),
            "shop": .category(.text("s\(Int.random(in: 0..<30, using: &generator))")),
            "pixels": .vector([number(), .nan, number()]),
            "day": .category(.number(Double(Int.random(in: 1...8, using: &generator)), spelling: "")),
            "b": .number(number()), "when": .time(Int64.random(in: 0...4_000_000_000_000, using: &generator)),
            "note": .words((0..<Int.random(in: 1...20, using: &generator)).map { "w\($0)" }),
        ]
        for name in cells.keys.sorted() where Int.random(in: 0..<6, using: &generator) == 0 { cells[name] = nil }
        return cells
    }

    /// The same with a sequence, whose steps have all other columns behind them.
    static let sequences = FeatureEncoderConfiguration(
        features: [
            FeatureDeclaration(name: "steps", kind: .sequence(width: 2, steps: 4)), FeatureDeclaration(name: "a"),
            FeatureDeclaration(name: "city", kind: .category(.hashed(bits: 8))),
        ])
}
