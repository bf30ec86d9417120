internal import DriftDetection
package import OnlineLearning
internal import Records
package import Settings

/// Watches one task: every signal's figures window by window, and the detectors on the signals that the settings name.
/// - Cost: O(d + detectors) a record, allocates nothing until a window ends or a detector fires.
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
    var detectors: DetectorBank
    /// The number of the open window's first record, and the last record's time, offset and number.
    var first: UInt64 = 1
    var last = LastRecord()
    var reports: [DriftReport] = []
    /// A window ended, its figures are to be taken before anything is added to the next one.
    private var isEnded = false

    package init(_ settings: PipelineSettings) {
        names = SignalNames(settings)
        clock = WindowClock(settings.evaluation.window)
        features = FeatureWindow(featureCount: settings.numbers.count)
        hasDelays = settings.labels != nil
        detectors = DetectorBank(settings)
    }

    /// Whether a window of event time ends before a record of this time; one too far ahead of the broker's own must not hold all
    /// later windows open. Then `takeReports` comes before `observe`.
    package mutating func windowEnds(before timestamp: Int64, brokerTime: Int64) -> Bool {
        let time = brokerTime > 0 ? min(timestamp, brokerTime + StreamClock.futureAllowed) : timestamp
        guard clock.endsBefore(timestamp: time) else { return false }
        isEnded = true
        return true
    }

    /// Takes one accepted record in; true where there is something to report.
    package mutating func observe(_ observation: Observation, row: UnsafeBufferPointer<Float>) -> Bool {
        last = LastRecord(
            time: observation.timestamp, offset: observation.offset, number: observation.number)
        prediction.add(observation.prediction.score)
        features.add(row)
        if let value = observation.loss { loss.add(value) }
        if let value = observation.error { error.add(value) }
        if let delay = observation.labelDelay { delays.add(delay) }
        let fired = detectors.update(observation, row: row)
        if fired { reports += detectors.alerts(names: names, last: last) }
        isEnded = clock.endsAfterRecord()
        return fired || isEnded
    }

    /// Takes a label in that came by itself; true where there is something to report. Windows go by records alone.
    package mutating func observe(label observation: Observation) -> Bool {
        if let value = observation.loss { loss.add(value) }
        if let value = observation.error { error.add(value) }
        if let delay = observation.labelDelay { delays.add(delay) }
        guard detectors.update(label: observation) else { return false }
        let cause = LastRecord(
            time: observation.timestamp, offset: observation.offset, number: observation.number,
            label: observation.label)
        reports += detectors.alerts(names: names, last: cause)
        return true
    }

    /// Everything there is to say since the last time; begins the next window where one has ended.
    package mutating func takeReports(
        evaluation: borrowing PrequentialMetrics, estimates: [PerformanceEstimate] = []
    ) -> [DriftReport] {
        if isEnded {
            isEnded = false
            reports += windowReports(evaluation: evaluation, estimates: estimates)
            detectors.beginWindow()
            loss.reset()
            error.reset()
            prediction.reset()
            features.reset()
            if hasDelays { delays.reset() }
            clock.begin()
            first = last.number + 1
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
