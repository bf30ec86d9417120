internal import DriftDetection
internal import OnlineLearning
internal import Settings

extension SignalWatch {
    /// The ended window's figures: one report a signal, and one for each detector on it where there are several.
    func windowReports(
        evaluation: borrowing PrequentialMetrics, estimates: [PerformanceEstimate]
    ) -> [DriftReport] {
        let metrics = evaluation.windowed.named.map { DriftReport.Metric(name: $0.name, value: $0.value) }
        var all: [DriftReport] = []
        if loss.count > 0 {
            all += reports(.loss, mean: loss.mean, records: loss.count, metrics: deviation(loss.deviation))
            let mean = names.error == "accuracy" ? error.mean.map { 1 - $0 } : error.mean
            all += reports(.error, mean: mean, records: error.count, metrics: metrics)
        }
        all += reports(
            .prediction, mean: prediction.mean, records: prediction.count,
            metrics: deviation(prediction.deviation)
                + estimates.map { DriftReport.Metric(name: $0.windowName, value: $0.value) })
        all += delayReports()
        for feature in names.features.indices {
            let missing = features.missingRate(feature).map { DriftReport.Metric(name: "missing_rate", value: $0) }
            all += reports(
                .feature, feature: feature, mean: features.mean(feature),
                records: features.records - features.missing(feature),
                metrics: deviation(features.deviation(feature)) + [missing].compactMap { $0 })
        }
        return all
    }

    /// Nothing where no label of the window came by itself.
    private func delayReports() -> [DriftReport] {
        guard delays.seconds.count > 0 else { return [] }
        return reports(
            .labelDelay, mean: delays.seconds.mean, records: delays.seconds.count,
            metrics: deviation(delays.seconds.deviation) + delays.quantiles)
    }

    private func deviation(_ value: Double?) -> [DriftReport.Metric] {
        value.map { [.init(name: "deviation", value: $0)] } ?? []
    }

    private func reports(
        _ signal: DriftWatch.Signal, feature: Int? = nil, mean: Double?, records: UInt64, metrics: [DriftReport.Metric]
    ) -> [DriftReport] {
        let report = DriftReport(
            signal: names.name(signal, feature: feature), detector: nil, isAlert: false, time: last.time,
            offset: last.offset, first: first, last: last.number, records: records, statistic: mean, threshold: nil,
            drift: false, warning: false, metrics: metrics)
        let states = detectors.states(of: signal, feature: feature)
        guard !states.isEmpty else { return [report] }
        return states.map { state in
            var watched = report
            watched.detector = state.detector
            watched.statistic = state.statistic
            watched.threshold = state.threshold
            watched.drift = state.fired
            watched.warning = state.warns
            if let mean { watched.metrics.insert(.init(name: "mean", value: mean), at: 0) }
            return watched
        }
    }
}
