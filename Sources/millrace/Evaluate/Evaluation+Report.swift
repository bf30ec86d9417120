internal import OnlineLearning
internal import Reports
internal import StreamTasks

extension Evaluation {
    /// The page's content.
    /// - Parameter source: what was evaluated, in words.
    func report(source: String) -> EvaluationReport {
        EvaluationReport(
            source: source, records: records, runs: pipelines.compactMap(\.reported), verdict: contest?.sentence)
    }
}

extension Evaluation.Pipeline {
    /// Nil where nothing was kept to draw.
    fileprivate var reported: EvaluationReport.Run? {
        guard let history = run.sink.history else { return nil }
        let intervals = run.intervals
        return EvaluationReport.Run(
            name: name, settings: settings.settings, counters: run.counters, overall: run.overall,
            figures: run.figures.map { figure in
                EvaluationReport.Figure(
                    name: figure.name, value: figure.value,
                    interval: intervals.first { $0.name == figure.name }.map { $0.lower...max($0.lower, $0.upper) })
            },
            history: history,
            alerts: run.sink.alerts.map { alert in
                EvaluationReport.Alert(
                    signal: alert.output.signal, detector: alert.output.detector ?? "",
                    record: run.sink.record(partition: alert.partition, offset: Int64(alert.output.record) - 1))
            }, segments: run.segments)
    }
}
