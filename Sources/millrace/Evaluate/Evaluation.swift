internal import OnlineLearning
internal import Records
internal import StreamTasks

/// One or several pipelines over the same records, in the same order and in one pass.
final class Evaluation {
    /// One pipeline and where it stands. A run can't stand in an array by itself.
    final class Pipeline {
        let name: String
        let settings: ComparedSettings.Named
        var run: OfflineRun

        init(_ named: ComparedSettings.Named, run: consuming OfflineRun) {
            name = named.name
            settings = named
            self.run = run
        }
    }

    let pipelines: [Pipeline]
    private(set) var contest: Contest?

    /// Records that each pipeline was given.
    private(set) var records = 0

    /// - Parameter criterion: what several are compared by; nil where the target has nothing for that.
    init(_ pipelines: [Pipeline], by criterion: Criterion?) {
        self.pipelines = pipelines
        guard pipelines.count > 1, let criterion else { return }
        contest = Contest(names: pipelines.map(\.name), by: criterion)
    }

    /// Gives one record to every pipeline.
    /// - Parameter record: as a pipeline sees it, by its place.
    func process(_ record: (Int) -> InputRecord) {
        records += 1
        for (place, pipeline) in pipelines.enumerated() { pipeline.run.process(record(place)) }
        contest?.add(pipelines.map { $0.run.sink.judgements })
    }

    func process(_ record: InputRecord) { process { _ in record } }

    /// Hands over the labels that are still on their way.
    func finish() {
        for pipeline in pipelines { pipeline.run.finish() }
        contest?.add(pipelines.map { $0.run.sink.judgements })
    }
}
