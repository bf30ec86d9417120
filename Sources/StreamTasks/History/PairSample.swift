internal import OnlineLearning

/// Predictions with their truths: all of them while they are few, later a random sample in which every one has the same chance.
/// - Cost: O(1) a pair; memory for 20,000.
/// - Source: Vitter, ACM Transactions on Mathematical Software 11 (1985), algorithm R.
package struct PairSample: Sendable {
    package struct Pair: Sendable, Equatable {
        package var score: Double
        /// NaN where there was no label.
        package var truth: Double
    }

    private static let most = 20_000

    package private(set) var pairs: [Pair] = []
    /// Pairs that there were.
    package private(set) var seen = 0
    private var generator: SeededGenerator

    package init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// A score that isn't finite changes nothing.
    package mutating func add(score: Double, truth: Double) {
        guard score.isFinite else { return }
        seen += 1
        if pairs.count < Self.most { return pairs.append(Pair(score: score, truth: truth)) }
        let place = generator.index(below: seen)
        if place < Self.most { pairs[place] = Pair(score: score, truth: truth) }
    }
}
