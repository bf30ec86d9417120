package import Records
package import Settings

/// Says where evaluation windows end, by records or by event time: never by the wall clock, so that a replay cuts them at
/// the same records.
/// - Cost: O(1), allocates nothing.
package struct WindowClock: ~Copyable, Checkpointable {
    private let length: WindowLength
    /// Records in the open window.
    package private(set) var records: UInt64 = 0
    /// The open window's number since 1970, for windows of event time; nil before the first record.
    private var current: Int64?

    package init(_ length: WindowLength) { self.length = length }

    /// Whether the open window ends before a record of this event time. A late record counts in the open window.
    /// - Parameter timestamp: milliseconds since 1970.
    package mutating func endsBefore(timestamp: Int64) -> Bool {
        guard case .seconds(let seconds) = length else { return false }
        let window = Int64((Double(timestamp) / (seconds * 1000)).rounded(.down))
        guard let open = current else {
            current = window
            return false
        }
        guard window > open else { return false }
        current = window
        return records > 0
    }

    /// Counts the record in; true where the window ends with it.
    package mutating func endsAfterRecord() -> Bool {
        records += 1
        guard case .records(let length) = length else { return false }
        return records >= UInt64(length)
    }

    package mutating func begin() { records = 0 }

    package func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/clock", counters: [records, current == nil ? 0 : 1, UInt64(bitPattern: current ?? 0)])
    }

    package mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let values = try archive.counters("\(prefix)/clock", count: 3)
        records = values[0]
        current = values[1] == 0 ? nil : Int64(bitPattern: values[2])
    }
}
