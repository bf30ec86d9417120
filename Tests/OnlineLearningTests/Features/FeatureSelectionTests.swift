import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct FeatureSelectionTests {
    private static let names = ["noise", "linear", "flat", "square", "weak"]

    /// `linear` tells of the label along a line, `square` only by its magnitude, `weak` hardly; `flat` hardly varies.
    private func run(_ selection: FeatureSelection, _ target: Target, seed: UInt64) -> [Float] {
        let bench = EncoderBench(
            FeatureEncoderConfiguration(
                features: Self.names.map { FeatureDeclaration(name: $0) }, selection: selection, target: target))
        var generator = SplitMix64(seed: seed)
        func uniform() -> Float { Float.random(in: -1...1, using: &generator) }
        for _ in 0..<2000 {
            let values = [uniform(), uniform(), 0.001 * uniform(), uniform(), uniform()]
            let score = 2 * values[1] + 4 * (values[3].magnitude - 0.5) + 0.2 * values[4] + 0.1 * uniform()
            let label: Label =
                switch target {
                case .regression: .value(Double(score))
                case .multiclass: .classIndex(score > 1 ? 2 : score > -1 ? 1 : 0)
                default: .classIndex(score > 0 ? 1 : 0)
                }
            bench.update(
                Dictionary(uniqueKeysWithValues: zip(Self.names, values.map { Cell.number($0) })), label: label)
        }
        let all = Dictionary(uniqueKeysWithValues: Self.names.map { ($0, Cell.number(1)) })
        return bench.encode(all).dense.map { $0 == 0 ? 0 : 1 }
    }

    @Test(arguments: [
        twoClasses, .regression, .multiclass(classes: [.text("a"), .text("b"), .text("c")]),
    ])
    func `what tells the most of the label is kept`(target: Target) {
        #expect(run(FeatureSelection(.correlation, keep: 1), target, seed: 101) == [0, 1, 0, 0, 0])
        // What a correlation doesn't see.
        #expect(run(FeatureSelection(.mutualInformation, keep: 2), target, seed: 102) == [0, 1, 0, 1, 0])
    }

    @Test func `a column of two values that tells of the label beats noise of many values`() {
        let flag = FeatureDeclaration(name: "flag", kind: .category(.oneHot(values: [.text("on")])))
        let noise = ["a", "b", "c"].map { FeatureDeclaration(name: $0) }
        for kind in [FeatureSelection.Kind.mutualInformation, .correlation] {
            let bench = EncoderBench(
                FeatureEncoderConfiguration(
                    features: noise + [flag], selection: FeatureSelection(kind, keep: 1), target: twoClasses))
            var generator = SplitMix64(seed: 106)
            var cells: [String: Cell] = [:]
            for _ in 0..<1000 {
                for feature in noise { cells[feature.name] = .number(Float.random(in: -1...1, using: &generator)) }
                let isOn = Int.random(in: 0..<4, using: &generator) == 0
                cells["flag"] = .category(.text(isOn ? "on" : "off"))
                let isUp = Int.random(in: 0..<4, using: &generator) > 0 ? isOn : !isOn
                bench.update(cells, label: .classIndex(isUp ? 1 : 0))
            }
            cells["flag"] = .category(.text("on"))
            #expect(bench.encode(cells).dense == [0, 0, 0, 1], "\(kind)")
        }
    }

    @Test func `what hardly varies is left out, labels or not`() {
        #expect(run(FeatureSelection(.variance, threshold: 0.01), .unlabelled, seed: 103) == [1, 1, 0, 1, 1])
        #expect(run(FeatureSelection(.variance, threshold: 0), .unlabelled, seed: 104) == [1, 1, 1, 1, 1])
    }

    @Test func `until the first choice every column is kept`() {
        #expect(run(FeatureSelection(.correlation, keep: 1, every: 5000), twoClasses, seed: 105) == [1, 1, 1, 1, 1])
    }
}
