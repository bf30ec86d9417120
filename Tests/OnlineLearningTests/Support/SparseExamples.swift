import OnlineLearning
import Records
import TestSupport

/// A rule over a few dense values and three categories of seven ids each, with noise.
func sparseExamples(
    _ count: Int, dense: Int = 4, bits: Int = 8, target: Target, seed: UInt64
) -> [LearnerExample] {
    var generator = SplitMix64(seed: seed)
    let rule = (0..<dense).map { _ in Double.random(in: -1...1, using: &generator) }
    let ids = (0..<21).map { _ in UInt32.random(in: 0..<UInt32(1 << bits), using: &generator) }
    let effects = (0..<21).map { _ in Double.random(in: -1.5...1.5, using: &generator) }
    return (0..<count).map { _ in
        let x = (0..<dense).map { _ in Float.random(in: -2...2, using: &generator) }
        let chosen = (0..<3).map { 7 * $0 + Int.random(in: 0..<7, using: &generator) }
        var value = zip(rule, x).reduce(0.2) { $0 + $1.0 * Double($1.1) }
        value += chosen.reduce(0) { $0 + effects[$1] } + Double.random(in: -0.2...0.2, using: &generator)
        let label: Label
        switch target {
        case .regression: label = .value(10 * value + 100)
        case .multiclass(let classes): label = .classIndex(min(max(Int((value + 3) / 2), 0), classes.count - 1))
        default: label = .classIndex(value > 0 ? 1 : 0)
        }
        return LearnerExample(dense: x, sparse: chosen.map { SparseValue(index: ids[$0], value: 1) }, label: label)
    }
}
