package import Records

/// Where a task begins, decided from what the broker and the snapshots say. Pure: no handle, no clock.
package enum RestorePlan: Equatable, Sendable {
    /// The first start ever: fresh state at the earliest offset, which is committed at once.
    case begin(at: NextOffset)
    /// The state of the snapshot that was found, replayed silently from its position up to the committed one.
    case replay(from: NextOffset, to: NextOffset)
    /// No snapshot is needed: every record since the state's beginning is still there, so a silent replay gives the state.
    case replayAll(from: NextOffset, to: NextOffset)
    case refuse(RestoreRefusal)

    /// - Parameters:
    ///   - committed: the group's committed position; nil where it has none.
    ///   - snapshot: the position of the newest snapshot that verifies and lies at or before `committed`.
    ///   - snapshotsExist: whether there are any, usable or not.
    ///   - begun: where the state began, as the commit's note tells it; nil where it tells nothing.
    ///   - low, high: the partition's watermarks.
    ///   - allowGap: go on where retention has deleted records that replay would need.
    package static func decide(
        committed: NextOffset?, snapshot: NextOffset?, snapshotsExist: Bool, begun: NextOffset? = nil,
        low: NextOffset, high: NextOffset, allowGap: Bool
    ) -> RestorePlan {
        guard let committed else {
            return snapshotsExist ? .refuse(.nothingCommitted) : .begin(at: low)
        }
        guard committed <= high else { return .refuse(.committedBeyondEnd(committed: committed, high: high)) }
        guard let snapshot else {
            // Offset 0 is still there: nothing has ever been deleted, so the records themselves are the state.
            let beginning = begun ?? (low.rawValue == 0 && !snapshotsExist ? low : nil)
            guard let beginning, beginning <= committed else { return .refuse(.noSnapshot(committed: committed)) }
            guard beginning >= low || allowGap else { return .refuse(.gap(from: beginning, to: low)) }
            return .replayAll(from: max(beginning, low), to: max(committed, low))
        }
        if snapshot < low {
            guard allowGap else { return .refuse(.gap(from: snapshot, to: low)) }
            return .replay(from: low, to: max(committed, low))
        }
        return .replay(from: snapshot, to: committed)
    }
}

/// Why a task can't be restored, and what to do.
package enum RestoreRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    case nothingCommitted
    case noSnapshot(committed: NextOffset)
    case gap(from: NextOffset, to: NextOffset)
    /// Labels that nobody has read.
    case labelGap(InputGap)
    case committedBeyondEnd(committed: NextOffset, high: NextOffset)
    case settingsChanged(keys: [String])
    case partitionsChanged(then: Int, now: Int)
    case otherRecord(offset: Int64)

    package var disposition: Disposition { .stop }

    package var description: String {
        switch self {
        case .nothingCommitted:
            "there are snapshots, but the consumer group has no committed position, so what they stand for is unknown; "
                + "commit the position to go on from, or start anew with --from-scratch"
        case .noSnapshot(let committed):
            "the group has committed \(committed), but no snapshot that verifies lies at or before it; "
                + "bring the snapshots' folder back, or start anew with --from-scratch"
        case .gap(let from, let to):
            "the records from \(from) to \(to) are gone by retention, and the state needs them; "
                + "go on without them with --allow-gap"
        case .labelGap(let gap):
            "the labels \(gap) are gone by retention, unread; their predictions will wait in vain: go on with --allow-gap"
        case .committedBeyondEnd(let committed, let high):
            "the group has committed \(committed), but the partition ends at \(high): the topic was recreated or truncated; "
                + "start anew with --from-scratch"
        case .partitionsChanged(let then, let now):
            "the features topic had \(then) partitions when the models began to learn, and has \(now) now: keys go to other "
                + "partitions, and so to other models; make a topic of \(then) partitions, or start anew with --from-scratch"
        case .otherRecord(let offset):
            "the record at offset \(offset) isn't the one that was read there: the topic was deleted and created anew; "
                + "start anew with --from-scratch"
        case .settingsChanged(let keys):
            "the snapshot was made with other settings: \(keys.joined(separator: ", ")) changed; "
                + "take the change back, or start anew with --from-scratch"
        }
    }
}
