internal import Glibc
public import Records

/// How much evidence an alert needs, so that all signals together stay within one budget of false alarms a day.
///
/// On a day on which nothing changes, the chance of any alert is at most `falseAlarms`; on one on which something does,
/// at most that share of the alerts is false, in the mean. An alert counts for the day on which its run of values
/// began. Both hold whatever the signals have to do with each other, and however often one looks, as far as the
/// references are true. The more alerts a day has had, the cheaper is the next one.
///
/// - Unit: evidence is the natural logarithm of an e-value. Cost: O(1), allocates nothing.
/// - Source: e-LOND: Xu and Ramdas, Online multiple testing with e-values, AISTATS 2024; the e-value of a signal's day
///   is that of its e-detector divided by the day's looks, as the mean of an e-detector is at most the number of runs
///   that were begun (Shin, Ramdas and Rinaldo 2024).
public struct FalseAlarmBudget: Sendable {
    public struct Configuration: Sendable, Hashable {
        /// False alarms a day, all signals together, in (0, 1).
        public var falseAlarms: Double
        /// Records a day where there's no event time, and the least that is reckoned with where there is; at least 1.
        public var recordsPerDay: UInt64

        public init(falseAlarms: Double = 0.1, recordsPerDay: UInt64 = 100_000) {
            self.falseAlarms = falseAlarms
            self.recordsPerDay = recordsPerDay
        }
    }

    static let millisecondsPerDay: Int64 = 86_400_000

    public let configuration: Configuration
    /// Days since 1970 by event time, or since the start by records; nil before the first record.
    var day: Int64?
    var records: UInt64 = 0
    var recordsOfDay: UInt64 = 0
    var recordsOfLastDay: UInt64 = 0
    public internal(set) var alertsOfDay: UInt64 = 0

    public init(_ configuration: Configuration = Configuration()) {
        precondition(configuration.falseAlarms > 0 && configuration.falseAlarms < 1)
        precondition(configuration.recordsPerDay >= 1)
        self.configuration = configuration
    }

    /// Counts a record.
    /// - Parameter time: event time in milliseconds since 1970, nil where there is none. One that lies in a day gone by
    ///   counts for the present day. A pipeline has event times or it hasn't: the two aren't mixed.
    /// - Returns: true where what an alert needs may be another now.
    public mutating func advance(time: Int64?) -> Bool {
        records &+= 1
        let today =
            time.map { Self.floorDivided($0, by: Self.millisecondsPerDay) }
            ?? Int64((records - 1) / configuration.recordsPerDay)
        let isNewDay = day.map { today > $0 } ?? true
        if isNewDay {
            day = today
            (recordsOfLastDay, recordsOfDay, alertsOfDay) = (recordsOfDay, 0, 0)
        }
        recordsOfDay += 1
        // The exposure goes up at powers of two.
        return isNewDay || recordsOfDay & (recordsOfDay - 1) == 0
    }

    /// The evidence that an alert of a signal needs now.
    /// - Parameters:
    ///   - share: of the budget, in (0, 1]; the shares of all signals add up to 1 at most.
    ///   - recordsPerLook: 1 for evidence that runs on with every record, a window's length for one verdict a window.
    public func level(share: Double, recordsPerLook: Int) -> Double {
        let looks = max(1, exposure / Double(recordsPerLook))
        return log(looks / (share * configuration.falseAlarms * Double(alertsOfDay + 1)))
    }

    /// Records that are reckoned with for a day: those of the day before, or more once there have been more. It changes
    /// only where `advance` says so.
    private var exposure: Double {
        let known = max(configuration.recordsPerDay, recordsOfLastDay)
        let begun: UInt64 = recordsOfDay == 0 ? 0 : 1 << (63 - UInt64(recordsOfDay.leadingZeroBitCount))
        return Double(begun > known ? 2 * begun : known)
    }

    /// Counts an alert.
    public mutating func alertRaised() { alertsOfDay += 1 }

    private static func floorDivided(_ value: Int64, by divisor: Int64) -> Int64 {
        let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? quotient - 1 : quotient
    }
}

extension FalseAlarmBudget: Checkpointable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(
            "\(prefix)/counters",
            counters: [
                day == nil ? 0 : 1, UInt64(bitPattern: day ?? 0), records, recordsOfDay, recordsOfLastDay, alertsOfDay,
            ])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters("\(prefix)/counters", count: 6)
        guard counters[0] <= 1, counters[3] <= counters[2], counters[4] <= counters[2], counters[2] < 1 << 62,
            counters[5] < 1 << 48
        else { throw .impossible(name: "\(prefix)/counters", reason: "they contradict each other") }
        day = counters[0] == 1 ? Int64(bitPattern: counters[1]) : nil
        (records, recordsOfDay, recordsOfLastDay, alertsOfDay) = (counters[2], counters[3], counters[4], counters[5])
    }
}
