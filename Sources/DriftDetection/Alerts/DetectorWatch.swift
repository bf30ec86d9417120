public import Records

/// A detector with a rule of its own and what brings its reports to the `AlertDesk`. Its rate of false alarms isn't known, so
/// a report is taken at its word whatever the budget asks for; what it says goes once an episode all the same.
///
/// - Shape: scalar in; a verdict at a report and at a window's end. Unit: any; effects are in standard deviations from before
///   the change. Cost: that of the detector; allocates nothing.
public struct DetectorWatch: ~Copyable {
    /// So small that a report is more than any budget asks for.
    private static let unknownRate = 1e-300

    private var detector: Detector
    private var reports = ReportWatch(falseAlarmRate: unknownRate)
    /// Whether there was a report at the last value.
    public private(set) var firesNow = false

    public init(_ configuration: DetectorConfiguration) { detector = Detector(configuration) }

    public var statistic: Double { detector.statistic }
    public var threshold: Double { detector.threshold }
    public var isWarning: Bool { detector.isWarning }
    public var verdict: SignalVerdict { reports.verdict }

    /// Takes the next value in; one that isn't finite, or absurd, changes nothing.
    /// - Returns: true where the desk wants to hear `verdict`.
    public mutating func observe(_ value: Double) -> Bool {
        firesNow = detector.update(value)
        let endsWindow = reports.observe(value, isReported: firesNow)
        return endsWindow || firesNow
    }

    /// Does what the desk's answer to a verdict means for the signal.
    public mutating func heed(_ action: AlertEpisode.Action) { reports.heed(action) }
}

extension DetectorWatch: Checkpointable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        detector.save(to: &archive, under: "\(prefix)/detector")
        reports.save(to: &archive, under: "\(prefix)/reports")
        archive.put("\(prefix)/fires", counters: [firesNow ? 1 : 0])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let fires = try archive.counters("\(prefix)/fires", count: 1)
        try detector.restore(from: archive, under: "\(prefix)/detector")
        try reports.restore(from: archive, under: "\(prefix)/reports")
        firesNow = fires[0] != 0
    }
}
