#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Intervals from what was kept of each record, by what a target has.
struct EvidenceIntervals {
    let kind: EvaluatedTarget
    let summary: MeanSummary
    let ranked: RankedWeights

    /// The largest log loss: that of a probability of 1e-15.
    private static let largestLogLoss = Observation.logLoss(0)

    /// For one look, at the records there are.
    func once(level: Double) -> [MetricInterval] {
        switch kind {
        case .twoClasses, .classes:
            let wrong = summary.share(1, level: level)
            let accuracy = wrong.map {
                MetricInterval(
                    name: "accuracy", estimate: 1 - summary.mean(1), lower: 1 - $0.upperBound, upper: 1 - $0.lowerBound)
            }
            return [accuracy, mean("log_loss", 2, level), mean("brier", 3, level), area(level)].compactMap { $0 }
        case .values:
            return [mean("mae", 1, level), root("rmse", 2, level), mean("mean_error", 3, level, least: -.infinity)]
                .compactMap { $0 }
        case .anomalies: return [area(level)].compactMap { $0 }
        }
    }

    /// For any number of looks while records come. A regression's errors have no bound, so there is none.
    func atAnyTime(level: Double) -> [MetricInterval] {
        guard kind.hasClasses else { return [] }
        let largestBrier = kind == .twoClasses ? 1.0 : 2.0
        let bounds = [("accuracy", 1.0), ("log_loss", Self.largestLogLoss), ("brier", largestBrier)]
        return bounds.enumerated().compactMap { index, entry in
            let (name, bound) = entry
            guard let reach = summary.reachAtAnyTime(index + 1, bound: bound, level: level) else { return nil }
            let mean = index == 0 ? 1 - summary.mean(1) : summary.mean(index + 1)
            return MetricInterval(
                name: name, estimate: mean, lower: max(mean - reach, 0), upper: min(mean + reach, bound))
        }
    }

    private func mean(_ name: String, _ loss: Int, _ level: Double, least: Double = 0) -> MetricInterval? {
        guard let reach = summary.reach(loss, level: level) else { return nil }
        let mean = summary.mean(loss)
        return MetricInterval(name: name, estimate: mean, lower: max(mean - reach, least), upper: mean + reach)
    }

    private func root(_ name: String, _ loss: Int, _ level: Double) -> MetricInterval? {
        guard var interval = mean(name, loss, level) else { return nil }
        interval.estimate = interval.estimate.squareRoot()
        interval.lower = interval.lower.squareRoot()
        interval.upper = interval.upper.squareRoot()
        return interval
    }

    /// By the logarithm of the odds, which keeps it between 0 and 1. Records are taken to be independent, and a weight for
    /// so many of them.
    private func area(_ level: Double) -> MetricInterval? {
        guard let area = ranked.area, let variance = ranked.areaVariance else { return nil }
        guard area > 0, area < 1 else { return nil }
        let odds = log(area / (1 - area))
        let reach = Quantiles.normal(0.5 + 0.5 * level) * variance.squareRoot() / (area * (1 - area))
        return MetricInterval(
            name: "auc", estimate: area, lower: 1 / (1 + exp(reach - odds)), upper: 1 / (1 + exp(-reach - odds)))
    }
}
