/// What one window's distribution looks like next to the reference.
public struct DistributionVerdict: Sendable, Hashable {
    /// The test's statistic, in its own unit (see `DistributionTest`).
    public var statistic: Double
    /// The statistic that the minimum effect amounts to.
    public var threshold: Double
    /// The chance of such a statistic, or a larger one, if the window came from the reference's distribution; of
    /// neighbours that are alike fewer are counted (`VarianceInflation`).
    public var pValue: Double
    /// How large the difference is, whatever the number of records: the statistic, but Cohen's w for chi-squared.
    public var effect: Double
    public var minimumEffect: Double
    /// How far the mean of the numbers moved, in standard deviations of the reference; 0 for categories, and where a
    /// side has no number.
    public var meanShift: Double

    public init(
        statistic: Double, threshold: Double, pValue: Double, effect: Double, minimumEffect: Double,
        meanShift: Double = 0
    ) {
        self.statistic = statistic
        self.threshold = threshold
        self.pValue = pValue
        self.effect = effect
        self.minimumEffect = minimumEffect
        self.meanShift = meanShift
    }

    /// Too large to be nothing and too unlikely to be chance, taken alone; whether an alert comes of it, `AlertDesk`
    /// says.
    public var isNotable: Bool { effect >= minimumEffect && pValue <= 0.001 }
}
