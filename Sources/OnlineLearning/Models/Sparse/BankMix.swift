internal import Records

/// Weights over the learners of a bank, which follow how well each of them did lately.
///
/// Each weight is multiplied by a power of the likelihood that its learner gave to the label; then every learner gets its part
/// of a small share of the whole, so that one which was bad for long is found again soon after a change.
/// - Cost: O(learners), allocates nothing.
/// - Source: Herbster and Warmuth, Machine Learning 32 (1998), algorithm Fixed-Share with a uniform start; the power is the
///   learning rate of Vovk's aggregating algorithm (1990).
struct BankMix<Row: WeightRow>: BitwiseCopyable {
    /// How fast the fading mean of the squared residual fades.
    static var fading: Float { 0.002 }
    let share: Float
    /// Adding up to 1.
    var weights = Row(all: 1 / Float(Row.count))
    /// Regression: a fading mean of the mix's squared residual, which residuals are measured by. Above 0.
    var spread: Float = 1

    init(share: Float) { self.share = share }

    @inline(__always)
    func mean(_ outputs: Row) -> Float { (weights * outputs).total }

    /// Two classes.
    /// - Parameter probabilities: of the positive class, at least 1e-6 from 0 and 1.
    @inline(__always)
    mutating func update(probabilities: Row, number: Float) {
        let likelihoods = number > 0.5 ? probabilities : Row(all: 1) - probabilities
        multiply(by: likelihoods.roots)
    }

    /// Regression.
    /// - Parameter residuals: of the learners; `residual`: of their mix.
    @inline(__always)
    mutating func update(residuals: Row, residual: Float) {
        // A residual of 1e4 is the most that a scaled target makes; beyond it they are as bad as each other.
        let held = residuals.within(-1e6, 1e6)
        let exponents = held * held * Row(all: -0.25 / spread)
        multiply(by: exponents.within(-40, 0).exponentials)
        let square = min(residual * residual, 1e12)
        spread = max(spread + Self.fading * (square - spread), 1e-9)
    }

    @inline(__always)
    private mutating func multiply(by likelihoods: Row) {
        let grown = weights * likelihoods
        weights = grown * Row(all: (1 - share) / grown.total) + Row(all: share / Float(Row.count))
    }
}

extension BankMix {
    func save(to archive: inout StateArchive, under name: String) {
        archive.put(name, floats: weights.values + [spread])
    }

    /// The mix that a snapshot holds.
    init(restoring archive: StateArchive, under name: String, share: Float) throws(StateError) {
        let values = try archive.floats(name, count: Row.count + 1)
        let spread = values[Row.count]
        guard values[..<Row.count].allSatisfy({ $0 >= 0 && $0 <= 1.001 }), spread > 0, spread <= 1e12,
            abs(values[..<Row.count].reduce(0, +) - 1) < 1e-2
        else { throw .impossible(name: name, reason: "the weights of a mix add up to 1") }
        self.share = share
        weights = Row { values[$0] }
        self.spread = spread
    }
}
