import OnlineLearning
import Records
import TestSupport
import Testing

let threeClasses = Target.multiclass(classes: [.text("A"), .text("B"), .text("C")])

/// A tree or a forest for one kind of target, small enough to reach its bounds in a test.
struct TreeSetup: Sendable, CustomTestStringConvertible {
    var target: Target
    var leaf = HoeffdingTreeConfiguration.LeafPrediction.adaptive
    var classes: Int { target.classes.count }
    var testDescription: String { "\(classes) classes, \(leaf)" }

    static let all = [twoClasses, threeClasses, .regression].flatMap { target in
        HoeffdingTreeConfiguration.LeafPrediction.allCases.map { TreeSetup(target: target, leaf: $0) }
    }
    static let targets = [twoClasses, threeClasses, .regression].map { TreeSetup(target: $0) }

    func tree(nodes: Int = 31, bytes: Int = 1 << 20) -> HoeffdingTree {
        HoeffdingTree(
            HoeffdingTreeConfiguration(
                inputCount: 4, target: target, gracePeriod: 40, splitConfidence: 0.1, tieThreshold: 0.2,
                leafPrediction: leaf, maximumNodes: nodes, maximumBytes: bytes))
    }

    func forest(trees: Int = 3, isWatched: Bool = true, seed: UInt64 = 42) -> AdaptiveRandomForest {
        AdaptiveRandomForest(
            AdaptiveRandomForestConfiguration(
                inputCount: 4, target: target, trees: trees, warningDelta: isWatched ? 0.05 : 0,
                driftDelta: isWatched ? 0.001 : 0,
                tree: HoeffdingTreeConfiguration(
                    inputCount: 4, target: target, gracePeriod: 50, splitConfidence: 0.1, tieThreshold: 0.2,
                    leafPrediction: leaf, maximumNodes: 15),
                seed: seed))
    }

    /// Records whose label is told by which half the first two inputs lie in, with a little noise.
    /// - Parameter turned: whether the rule is the other way round.
    func records(_ count: Int, seed: UInt64, turned: Bool = false) -> [LearnerExample] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            let x = (0..<4).map { _ in Float.random(in: -1...1, using: &generator) }
            var corner = (x[0] > 0.2 ? 1 : 0) + (x[1] > -0.3 ? 1 : 0)
            if turned { corner = 2 - corner }
            if Int.random(in: 0..<20, using: &generator) == 0 { corner = Int.random(in: 0...2, using: &generator) }
            let label: Label =
                switch classes {
                case 0: .value(Double(corner) * 10 + Double.random(in: -1...1, using: &generator))
                case 2: .classIndex((corner == 1) != turned ? 1 : 0)
                default: .classIndex(corner)
                }
            return LearnerExample(dense: x, label: label)
        }
    }

    /// The share of records whose class was foretold; of a regression, the share of the labels' variance that is explained.
    func skill<Learner: OnlineLearner & ~Copyable>(_ learner: borrowing Learner, _ data: [LearnerExample]) -> Double {
        var (right, errors, sum, squares) = (0.0, 0.0, 0.0, 0.0)
        for record in data {
            let prediction = learner.answer(record, classes: classes).prediction
            guard case .value(let value) = record.label else {
                right += record.label == .classIndex(prediction.classIndex) ? 1 : 0
                continue
            }
            errors += (value - prediction.score) * (value - prediction.score)
            sum += value
            squares += value * value
        }
        let count = Double(data.count)
        return classes > 0 ? right / count : 1 - errors / (squares - sum * sum / count)
    }
}
