/// What `DistributionWatch` holds against what.
public struct DistributionWatchConfiguration: Sendable, Hashable {
    /// Where the reference comes from.
    public enum Reference: Sendable, Hashable {
        /// The first so many values of the stream; at least 2.
        case first(Int)
        /// The last so many values before the current window; at least 2.
        case rolling(Int)

        var count: Int {
            switch self {
            case .first(let count), .rolling(let count): count
            }
        }
    }

    /// What the signal's values are, and so its histogram's bins; each has one more for the missing.
    public enum Kind: Sendable, Hashable {
        /// Numbers, in so many bins (at least 2) cut at the reference's quantiles; fewer where values are often the
        /// same.
        case numbers(bins: Int)
        /// Indexes from 0 to below so many (at least 1), a bin each, and one bin for others: new categories.
        case categories(Int)
    }

    public var kind: Kind
    /// Categories can't be tested by the order of their values: see `DistributionTest.needsNumbers`.
    public var test: DistributionTest
    public var reference: Reference
    /// Values a window; at least 2.
    public var window: Int
    /// The effect below which nobody would act, in the unit of the test's effect; above 0. A tenth is what users of the
    /// population stability index (Siddiqi 2006) and of Cohen's w (Cohen 1988) call small.
    public var minimumEffect: Double

    public init(
        kind: Kind = .numbers(bins: 10), test: DistributionTest = .kolmogorovSmirnov,
        reference: Reference = .first(1000),
        window: Int = 1000, minimumEffect: Double = 0.1
    ) {
        self.kind = kind
        self.test = test
        self.reference = reference
        self.window = window
        self.minimumEffect = minimumEffect
    }

    func check() {
        precondition(reference.count >= 2 && window >= 2 && minimumEffect > 0)
        switch kind {
        case .numbers(let bins): precondition(bins >= 2)
        case .categories(let count): precondition(count >= 1 && !test.needsNumbers)
        }
    }
}
