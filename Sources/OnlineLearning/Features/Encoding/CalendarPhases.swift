internal import Glibc

/// Where a time stands in its day, its week and its year, as points on circles, so that the last hour is near the first.
///
/// In UTC. Each circle is gone round evenly; weeks begin on Monday.
/// - Shape: scalar in, six numbers out: sine and cosine of the day, the week and the year. Cost: six functions of the
///   library, allocates nothing.
enum CalendarPhases {
    static let count = 6

    private static let day: Int64 = 86_400_000

    /// - Parameter milliseconds: since 1970, up to the year 9999.
    static func write(_ milliseconds: Int64, to columns: UnsafeMutablePointer<Float>) {
        let inDay = milliseconds % day
        let days = milliseconds / day
        let dayPhase = Double(inDay) / Double(day)
        // The first of January 1970 was a Thursday.
        let weekPhase = (Double((days + 3) % 7) + dayPhase) / 7
        let (dayOfYear, length) = yearDay(daysSince1970: days)
        let yearPhase = (Double(dayOfYear) + dayPhase) / Double(length)
        write(phase: dayPhase, to: columns)
        write(phase: weekPhase, to: columns + 2)
        write(phase: yearPhase, to: columns + 4)
    }

    private static func write(phase: Double, to columns: UnsafeMutablePointer<Float>) {
        columns[0] = Float(sin(2 * .pi * phase))
        columns[1] = Float(cos(2 * .pi * phase))
    }

    /// The day within its year, from 0, and that year's length.
    static func yearDay(daysSince1970 days: Int64) -> (day: Int64, length: Int64) {
        // An estimate that is never too small by more than a year, and then the year's first day says which it is.
        var year = 1970 + days * 400 / 146_097
        if firstDay(of: year + 1) <= days { year += 1 }
        if firstDay(of: year) > days { year -= 1 }
        let first = firstDay(of: year)
        return (days - first, firstDay(of: year + 1) - first)
    }

    /// Days since 1970 of the first of January.
    private static func firstDay(of year: Int64) -> Int64 {
        let before = year - 1
        return 365 * (year - 1970) + (before / 4 - before / 100 + before / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400)
    }
}
