package import Records

/// How far a silent replay is, and how long it still takes. Pure: the clock is handed in.
///
/// It counts offsets, because that is what is known beforehand; where transactions left markers between the records there
/// are a few more of them than records.
package struct ReplayProgress: Sendable {
    package struct Report: Equatable, Sendable {
        package var done: Int64
        package var total: Int64
        /// Since the report before this one.
        package var recordsPerSecond: Double
        /// Nil while nothing moves.
        package var secondsLeft: Double?

        package init(done: Int64, total: Int64, recordsPerSecond: Double, secondsLeft: Double?) {
            self.done = done
            self.total = total
            self.recordsPerSecond = recordsPerSecond
            self.secondsLeft = secondsLeft
        }
    }

    private let start: NextOffset
    private let end: NextOffset
    private var last: (done: Int64, time: Double)

    /// Seconds between two reports.
    package static let interval = 3.0

    /// - Parameter now: seconds of a clock that never steps.
    package init(from start: NextOffset, to end: NextOffset, now: Double) {
        self.start = start
        self.end = end
        last = (0, now)
    }

    package var total: Int64 { max(end.rawValue - start.rawValue, 0) }

    package func done(at position: NextOffset) -> Int64 {
        min(max(position.rawValue - start.rawValue, 0), total)
    }

    /// What there is to say at this moment; nil where the last report is younger than the interval.
    package mutating func report(at position: NextOffset, now: Double) -> Report? {
        let elapsed = now - last.time
        guard elapsed >= Self.interval else { return nil }
        let done = done(at: position)
        let rate = Double(done - last.done) / elapsed
        last = (done, now)
        return Report(
            done: done, total: total, recordsPerSecond: rate,
            secondsLeft: rate > 0 ? Double(total - done) / rate : nil)
    }
}
