internal import RecordCodecs
internal import Records

extension StreamTask {
    /// What was done about alerts so far.
    package var responses: ResponseTally { response.tally }

    /// Hands over what the watch has collected, and does what the settings ask for: rare, so it may allocate.
    mutating func report<Sink: OutputSink & ~Copyable>(for record: InputRecord, into sink: inout Sink) {
        let reports = watch.takeReports(evaluation: evaluation, segments: windowedSegments, estimates: estimates)
        for report in reports {
            let report = answered(report)
            if case .alert = report { counters.alerts += 1 }
            if !sink.isSilent { sink.emitDrift(DriftOutput(report), for: record) }
        }
    }

    /// The report with what was done about it. Only the concept is acted upon: what the model has learned of other inputs may
    /// still hold.
    private mutating func answered(_ report: WatchReport) -> WatchReport {
        switch report {
        case .alert(var alert, isOfConcept: true):
            alert.action = response.respond(&model, &features)
            return .alert(alert, isOfConcept: true)
        case .recovery(var recovery, isOfConcept: true):
            recovery.action = response.outcome
            return .recovery(recovery, isOfConcept: true)
        case .window, .alert, .recovery: return report
        }
    }
}
