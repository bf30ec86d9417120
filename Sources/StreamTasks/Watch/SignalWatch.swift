internal import DriftDetection
package import OnlineLearning
package import RecordCodecs
package import Records
package import Settings

/// Watches one task: every signal's figures window by window, and the detectors on the signals that the settings name.
/// - Cost: O(d + detectors) a record, allocates nothing until a window ends or there is an alert.
package struct SignalWatch: ~Copyable {
    let names: SignalNames
    var clock: WindowClock
    var loss = ScalarWindow()
    var error = ScalarWindow()
    var prediction = ScalarWindow()
    var features: FeatureWindow
    /// Whether labels come later; else `delays` stays empty, and isn't told or saved.
    let hasDelays: Bool
    var delays = DelayWindow()
    var signals: WatchedSignals
    /// Why records of the window were refused.
    var refusals = RefusalCounts()
    private let pipeline: String
    private let partition: Int32
    /// The number of the open window's first record, and the last record's time, offset and number.
    var first: UInt64 = 1
    var last = LastRecord()
    /// The event time of the newest record that had one; 0 before the first.
    var latest: Int64 = 0
    var reports: [WatchReport] = []
    /// A window ended, its figures are to be taken before anything is added to the next one.
    private var isEnded = false

    package init(_ settings: PipelineSettings, partition: Int32) {
        pipeline = settings.pipeline
        self.partition = partition
        names = SignalNames(settings)
        clock = WindowClock(settings.evaluation.window)
        features = FeatureWindow(featureCount: settings.numbers.count)
        hasDelays = settings.labels != nil
        signals = WatchedSignals(settings)
    }

    /// Whether a window of event time ends before a record of this time; one too far ahead of the broker's own must not hold all
    /// later windows open. Then `takeReports` comes before `observe`.
    package mutating func windowEnds(before timestamp: Int64, brokerTime: Int64) -> Bool {
        guard clock.endsBefore(timestamp: Self.capped(timestamp, brokerTime: brokerTime)) else { return false }
        isEnded = true
        return true
    }

    private static func capped(_ timestamp: Int64, brokerTime: Int64) -> Int64 {
        brokerTime > 0 ? min(timestamp, brokerTime + StreamClock.futureAllowed) : timestamp
    }

    /// Takes one accepted record in; true where there is something to report.
    package mutating func observe(_ observation: Observation, brokerTime: Int64, row: borrowing FeatureRow) -> Bool {
        last = LastRecord(
            time: observation.timestamp, offset: observation.offset, number: observation.number)
        prediction.add(observation.prediction.score)
        features.add(row.scalars)
        if let value = observation.loss { loss.add(value) }
        if let value = observation.error { error.add(value) }
        if let delay = observation.labelDelay { delays.add(delay) }
        var hasNews = false
        if !signals.isEmpty {
            var observation = observation
            place(&observation, brokerTime: brokerTime)
            hasNews = signals.observe(observation, row: row)
        }
        isEnded = clock.endsAfterRecord()
        return hasNews || isEnded
    }

    /// Counts a refused record; true where there is something to report.
    /// - Parameter brokerTime: -1 where there is none.
    package mutating func observeRefused(
        _ error: DecodeError, number: UInt64, offset: Int64, brokerTime: Int64
    ) -> Bool {
        guard !signals.isEmpty else { return false }
        refusals.add(error)
        let time = brokerTime > 0 ? brokerTime : latest
        last = LastRecord(time: time, offset: offset, number: number)
        var seen = Observation(
            timestamp: time, offset: offset, number: number, prediction: Prediction(score: 0, classIndex: -1))
        seen.watchTime = latest > 0 ? latest : nil
        return signals.observeRefused(seen)
    }

    private mutating func place(_ observation: inout Observation, brokerTime: Int64) {
        let time = Self.capped(observation.timestamp, brokerTime: brokerTime)
        if time > 0 {
            latest = time
            if brokerTime > 0 { observation.lag = brokerTime - time }
        }
        observation.watchTime = latest > 0 ? latest : nil
    }

    /// Takes a label in that came by itself; true where there is something to report. Windows go by records alone.
    package mutating func observe(label observation: Observation) -> Bool {
        if let value = observation.loss { loss.add(value) }
        if let value = observation.error { error.add(value) }
        if let delay = observation.labelDelay { delays.add(delay) }
        guard !signals.isEmpty, signals.observe(label: observation) else { return false }
        let cause = LastRecord(
            time: observation.timestamp, offset: observation.offset, number: observation.number,
            label: observation.label)
        reports += signals.takeNotices(pipeline: pipeline, partition: partition, last: cause)
        return true
    }

    /// Everything there is to say since the last time; begins the next window where one has ended.
    package mutating func takeReports(
        evaluation: borrowing PrequentialMetrics, segments: [NamedSegment] = [],
        estimates: [PerformanceEstimate] = []
    ) -> [WatchReport] {
        reports += signals.takeNotices(pipeline: pipeline, partition: partition, last: last)
        if isEnded {
            isEnded = false
            let metrics = evaluation.windowed.named.map { DriftReport.Metric(name: $0.name, value: $0.value) }
            if !signals.isEmpty { signals.observe(metrics: metrics) }
            let windows = windowReports(metrics, estimates: estimates) + segmentReports(segments)
            reports += windows.map(WatchReport.window)
            signals.beginWindow()
            refusals.reset()
            loss.reset()
            error.reset()
            prediction.reset()
            features.reset()
            if hasDelays { delays.reset() }
            clock.begin()
            first = last.number + 1
            reports += signals.takeNotices(pipeline: pipeline, partition: partition, last: last)
        }
        defer { reports.removeAll(keepingCapacity: true) }
        return reports
    }
}

/// Where the watch stands.
package struct LastRecord: Equatable, Sendable {
    package var time: Int64 = 0
    package var offset: Int64 = -1
    package var number: UInt64 = 0
    /// The label's number, where a label is what came.
    package var label: UInt64?
}
