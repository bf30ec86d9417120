internal import Glibc

/// A test's verdict over two histograms.
enum HistogramTest {
    /// - Parameter inflation: how much more the counts vary than those of independent values, at least 1.
    /// - Source: under one distribution, each of the statistics times n × m / (n + m) tends to chi-squared with one
    ///   degree of freedom less than bins: Pearson (1900); for the stability index Yurdakul and Naranjo, Journal of
    ///   Risk Model Validation 14 (2020); for 8 × Jensen-Shannon by the same expansion.
    static func verdict(
        _ test: DistributionTest, reference: UnsafeBufferPointer<Double>, current: UnsafeBufferPointer<Double>,
        minimumEffect: Double, inflation: Double
    ) -> DistributionVerdict {
        let (before, now) = (reference.reduce(0, +), current.reduce(0, +))
        let (pearson, degrees) = HistogramDistance.chiSquared(reference, current)
        let effectiveCount = before * now / (before + now)
        let statistic: Double
        let tested: Double
        var effect: Double?
        var threshold = minimumEffect
        switch test {
        case .populationStability:
            statistic = HistogramDistance.populationStability(reference, current)
            tested = statistic * effectiveCount
        case .jensenShannon:
            statistic = HistogramDistance.jensenShannon(reference, current)
            tested = 8 * M_LN2 * statistic * statistic * effectiveCount
        case .chiSquared, .kolmogorovSmirnov, .wasserstein:
            statistic = pearson
            tested = pearson
            effect = (pearson / (before + now)).squareRoot()
            threshold = minimumEffect * minimumEffect * (before + now)
        }
        return DistributionVerdict(
            statistic: statistic, threshold: threshold,
            pValue: ChiSquaredDistribution.upperTail(tested / inflation, degrees: Double(degrees)),
            effect: effect ?? statistic, minimumEffect: minimumEffect)
    }
}
