/// What became of the asynchronous commits so far.
package struct CommitCounts: Sendable, Equatable {
    package var requested: UInt64 = 0
    package var succeeded: UInt64 = 0
    /// Came too late for their assignment.
    package var stale: UInt64 = 0
    /// Failed for another reason.
    package var failed: UInt64 = 0

    package init() {}

    package var outstanding: UInt64 { requested - succeeded - stale - failed }
}
