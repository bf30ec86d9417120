/// How a window's distribution is held against that of the reference.
public enum DistributionTest: String, CaseIterable, Sendable {
    /// The largest distance between the distribution functions, from 0 to 1. Not for categories.
    case kolmogorovSmirnov = "kolmogorov-smirnov"
    /// The population stability index.
    case populationStability = "psi"
    /// The Jensen-Shannon distance, from 0 to 1.
    case jensenShannon = "jensen-shannon"
    /// The Wasserstein distance in standard deviations of the reference. Its p-value is that of Kolmogorov-Smirnov:
    /// both ask whether the distributions are one. Not for categories.
    case wasserstein
    /// Pearson's chi-squared test over the bins.
    case chiSquared = "chi-squared"

    /// Whether the order of the values matters: it has to be a number.
    public var needsNumbers: Bool {
        switch self {
        case .kolmogorovSmirnov, .wasserstein: true
        case .populationStability, .jensenShannon, .chiSquared: false
        }
    }
}
