/// How a contender did on the streams of one kind of signal.
struct DriftScore: Equatable {
    /// On streams that don't change.
    private(set) var stationaryRecords = 0
    private(set) var falseAlarms = 0
    /// Streams without any false alarm, and all of them.
    private(set) var silentStreams = 0
    private(set) var stationaryStreams = 0
    /// From the first value after the change to the first report, in values.
    private(set) var abruptDelays: [Double] = []
    private(set) var gradualDelays: [Double] = []
    /// Streams that change in which no report came after the change.
    private(set) var missed = 0
    private(set) var changedStreams = 0

    /// - Parameter reports: the indexes of a stream of `records` values that doesn't change.
    mutating func addStationary(_ reports: [Int], records: Int) {
        stationaryRecords += records
        falseAlarms += reports.count
        stationaryStreams += 1
        if reports.isEmpty { silentStreams += 1 }
    }

    /// - Parameter reports: ascending indexes of a stream that changes at `changePoint`.
    mutating func addChange(_ reports: [Int], at changePoint: Int, isAbrupt: Bool) {
        changedStreams += 1
        guard let first = reports.first(where: { $0 >= changePoint }) else {
            missed += 1
            return
        }
        let delay = Double(first - changePoint)
        if isAbrupt { abruptDelays.append(delay) } else { gradualDelays.append(delay) }
    }

    /// Records from one false alarm to the next; where there was none, the records that were looked at.
    var recordsBetweenFalseAlarms: Double { Double(stationaryRecords) / Double(max(falseAlarms, 1)) }
}
