internal import DriftDetection
internal import OnlineLearning
internal import Settings

extension SignalWatch {
    /// The ended window's figures: one report a signal, and one for each detector on it where there are several.
    func windowReports(_ metrics: [DriftReport.Metric], estimates: [PerformanceEstimate]) -> [DriftReport] {
        var all: [DriftReport] = []
        if loss.count > 0 {
            all += reports(.loss, "loss", mean: loss.mean, records: loss.count, metrics: deviation(loss.deviation))
            let mean = names.error == "accuracy" ? error.mean.map { 1 - $0 } : error.mean
            all += reports(.error, names.error, mean: mean, records: error.count, metrics: metrics)
        }
        all += reports(
            .score, "prediction", mean: prediction.mean, records: prediction.count,
            metrics: deviation(prediction.deviation)
                + estimates.map { DriftReport.Metric(name: $0.windowName, value: $0.value) })
        all += delayReports()
        for feature in names.features.indices {
            let missing = features.missingRate(feature).map { DriftReport.Metric(name: "missing_rate", value: $0) }
            all += reports(
                .number(feature), names.features[feature], mean: features.mean(feature),
                records: features.records - features.missing(feature),
                metrics: deviation(features.deviation(feature)) + [missing].compactMap { $0 })
        }
        return all + qualityReports()
    }

    /// The metrics of each segment, over the metrics' own window.
    func segmentReports(_ segments: [NamedSegment]) -> [DriftReport] {
        segments.map { segment in
            let metrics = segment.values.named.map { DriftReport.Metric(name: $0.name, value: $0.value) }
            return DriftReport(
                signal: segment.name, detector: nil, time: last.time, offset: last.offset, first: first,
                last: last.number, records: segment.values.records, statistic: metrics.first?.value, threshold: nil,
                drift: false, warning: false, metrics: metrics)
        }
    }

    /// Of what isn't a mean over the window: refused records with their reasons, and the detectors on them and on the others.
    private func qualityReports() -> [DriftReport] {
        signals.signals.indices.compactMap { index in
            let signal = signals.signals[index]
            var report = DriftReport(
                signal: signal.name, detector: signal.detector, time: last.time, offset: last.offset, first: first,
                last: last.number, records: last.number - first + 1, drift: signals.fired[index], warning: false,
                metrics: [])
            (report.statistic, report.threshold) = signals.figures(of: index)
            switch (signal.source, signal.check) {
            case (.quality, .refused): report.metrics = refusals.metrics
            case (.quality, .volume), (.quality, .lag), (.metric, _), (.category, _), (.predictedClass, _),
                (.features, _):
                break
            default: return nil
            }
            return report
        }
    }

    /// Nothing where no label of the window came by itself.
    private func delayReports() -> [DriftReport] {
        guard delays.seconds.count > 0 else { return [] }
        return reports(
            .labelDelay, "label-delay", mean: delays.seconds.mean, records: delays.seconds.count,
            metrics: deviation(delays.seconds.deviation) + delays.quantiles)
    }

    private func deviation(_ value: Double?) -> [DriftReport.Metric] {
        value.map { [.init(name: "deviation", value: $0)] } ?? []
    }

    private func reports(
        _ source: SignalSource, _ name: String, mean: Double?, records: UInt64, metrics: [DriftReport.Metric]
    ) -> [DriftReport] {
        let report = DriftReport(
            signal: name, detector: nil, time: last.time,
            offset: last.offset, first: first, last: last.number, records: records, statistic: mean, threshold: nil,
            drift: false, warning: false, metrics: metrics)
        let watching = signals.signals.indices.filter { signals.signals[$0].source == source }
        guard !watching.isEmpty else { return [report] }
        return watching.map { index in
            var watched = report
            watched.detector = signals.signals[index].detector
            (watched.statistic, watched.threshold) = signals.figures(of: index)
            watched.drift = signals.fired[index]
            watched.warning = signals.isWarning(index)
            if let mean { watched.metrics.insert(.init(name: "mean", value: mean), at: 0) }
            return watched
        }
    }
}
