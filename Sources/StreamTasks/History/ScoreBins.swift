/// Probabilities, counted in 40 equal bins between 0 and 1 with what became of them.
/// - Cost: O(1) a record, allocates nothing after `init`.
package struct ScoreBins: Sendable {
    package static let count = 40

    package struct Bin: Sendable, Equatable {
        package var records = 0
        /// Records where what the score stands for was true.
        package var hits = 0
    }

    package private(set) var bins = [Bin](repeating: Bin(), count: Self.count)

    package init() {}

    /// A score that isn't between 0 and 1 changes nothing.
    package mutating func add(_ score: Double, hit: Bool) {
        guard score >= 0, score <= 1 else { return }
        let place = min(Int(score * Double(Self.count)), Self.count - 1)
        bins[place].records += 1
        if hit { bins[place].hits += 1 }
    }
}
