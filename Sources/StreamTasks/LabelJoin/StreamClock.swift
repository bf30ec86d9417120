package import Records

/// The event time that a task's inputs have reached: the latest that any of their records has told. It never goes back.
///
/// A time too far ahead of the broker's own is taken for a wrong clock and doesn't move it: else one record could end every wait.
package struct StreamClock: Sendable, Equatable, Checkpointable {
    /// Milliseconds since 1970.
    package private(set) var now: Int64 = 0

    /// How far ahead of the broker's own an event time may be, in milliseconds.
    package static let futureAllowed: Int64 = 3_600_000

    package init() {}

    /// - Parameter brokerTime: milliseconds since 1970; 0 or less where the broker says none.
    package mutating func advance(to eventTime: Int64, brokerTime: Int64) {
        if brokerTime > 0, eventTime > brokerTime + Self.futureAllowed { return }
        now = max(now, eventTime)
    }

    package func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/clock", counters: [UInt64(bitPattern: now)])
    }

    package mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        now = Int64(bitPattern: try archive.counters("\(prefix)/clock", count: 1)[0])
        guard now >= 0, now <= 253_402_300_799_999 else {
            throw .impossible(name: "\(prefix)/clock", reason: "it isn't a time from 1970 to the year 9999")
        }
    }
}
