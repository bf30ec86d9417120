package import Settings

/// When a task's next snapshot is due. The clock is handed in: it decides when a copy is made, never what is in it.
package struct SnapshotSchedule: Sendable {
    private let every: SnapshotSettings.Interval
    private var lastRecords: UInt64
    private var lastTime: Double

    /// - Parameters:
    ///   - records: the task's count at the start.
    ///   - now: seconds of a clock that never steps.
    package init(_ every: SnapshotSettings.Interval, records: UInt64, now: Double) {
        self.every = every
        lastRecords = records
        lastTime = now
    }

    /// A task that has read nothing since its last snapshot needs none.
    package func isDue(records: UInt64, now: Double) -> Bool {
        guard records > lastRecords else { return false }
        return switch every {
        case .seconds(let seconds): now - lastTime >= seconds
        case .records(let count): records - lastRecords >= UInt64(count)
        }
    }

    package mutating func taken(records: UInt64, now: Double) {
        lastRecords = records
        lastTime = now
    }
}
