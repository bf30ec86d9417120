internal import DriftDetection
internal import Glibc
internal import RecordCodecs
internal import Settings

extension WatchedSignals {
    /// What the desk has to say since the last time, as records of the drift topic have it: rare, so it may allocate.
    mutating func takeNotices(pipeline: String, partition: Int32, last: LastRecord) -> [WatchReport] {
        guard !isEmpty, desk.hasNews else { return [] }
        var rank = 0
        return desk.collect().map { notice in
            switch notice {
            case .alert(let alert):
                rank += 1
                let origin = origin(of: alert.signal, pipeline, partition, last)
                return .alert(self.alert(alert, origin, rank: rank), isOfConcept: signals[alert.signal].isOfConcept)
            case .recovery(let recovery):
                let origin = origin(of: recovery.signal, pipeline, partition, last)
                let signal = signals[recovery.signal]
                return .recovery(
                    DriftRecovery(
                        origin: origin, feature: signal.feature, ending: recovery.ending.rawValue,
                        lasted: recovery.lasted, lastedMilliseconds: recovery.lastedMilliseconds,
                        peakEffect: recovery.peakEffect),
                    isOfConcept: signal.isOfConcept)
            }
        }
    }

    private func origin(of signal: Int, _ pipeline: String, _ partition: Int32, _ last: LastRecord) -> DriftOrigin {
        DriftOrigin(
            pipeline: pipeline, partition: partition, offset: last.offset, label: last.label, time: last.time,
            signal: signals[signal].name, detector: signals[signal].detector, records: last.number)
    }

    private func alert(_ alert: Alert, _ origin: DriftOrigin, rank: Int) -> DriftAlert {
        let signal = signals[alert.signal]
        let verdict = alert.verdict
        let figures =
            signal.isEvidence ? (verdict.evidence, alert.level) : self.figures(of: alert.signal)
        let place = places.place(of: alert.since)
        return DriftAlert(
            origin: origin, feature: signal.feature, statistic: figures.0, threshold: figures.1,
            change: .init(
                before: verdict.shift.map { signal.readable($0.before) },
                after: verdict.shift.map { signal.readable($0.after) }, effect: verdict.effect,
                minimumEffect: verdict.minimumEffect, lossEffect: verdict.lossEffect),
            since: .init(record: alert.since, offset: place?.offset, time: place?.time),
            proof: .init(
                evidence: signal.isOutsideBudget ? nil : verdict.evidence,
                level: signal.isOutsideBudget ? nil : alert.level, pValue: verdict.pValue),
            rank: rank,
            histograms: verdict.histograms.map {
                .init(edges: isOfCategories(signal) ? [] : $0.edges, reference: $0.reference, current: $0.current)
            },
            alongside: alert.alongside.map { signals[$0].name })
    }

    private func isOfCategories(_ signal: WatchedSignal) -> Bool {
        switch signal.source {
        case .category, .predictedClass: true
        case .loss, .error, .metric, .score, .labelDelay, .number, .features, .quality: false
        }
    }
}

extension WatchedSignal {
    /// Whether it is evidence that runs on with every value.
    var isEvidence: Bool {
        switch keeper {
        case .evidence, .exceedance: true
        case .distribution, .detector, .joint: false
        }
    }

    /// Whether its level is a share of high scores.
    var isShare: Bool { if case .exceedance = keeper { true } else { false } }

    /// A level in the unit that people read: records a second for the volume, whose level is the binary logarithm of a block's
    /// milliseconds, upside down.
    func readable(_ level: Double) -> Double {
        check == .volume ? Double(QualityCounters.block) * 1000 / max(1, exp2(-level)) : level
    }
}
