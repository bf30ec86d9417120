/// How often each class was true, was said, and both, by weight.
/// - Cost: O(1) a record, allocates nothing after `init`.
package struct ClassTallies: Sendable {
    package struct Tally: Sendable, Equatable {
        /// Where it was said and true.
        package var hits = 0.0
        package var truths = 0.0
        package var said = 0.0

        /// Nil where it never was said.
        package var precision: Double? { said > 0 ? hits / said : nil }
        /// Nil where it never was true.
        package var recall: Double? { truths > 0 ? hits / truths : nil }
        /// The harmonic mean of both; nil where it neither was said nor true.
        package var f1: Double? { truths + said > 0 ? 2 * hits / (truths + said) : nil }
    }

    /// By the class's index.
    package private(set) var tallies: [Tally]

    package init(classes: Int) { tallies = Array(repeating: Tally(), count: classes) }

    /// A class that there isn't changes nothing.
    package mutating func add(said: Int, truth: Int, weight: Double) {
        guard tallies.indices.contains(said), tallies.indices.contains(truth) else { return }
        tallies[said].said += weight
        tallies[truth].truths += weight
        if said == truth { tallies[said].hits += weight }
    }
}
