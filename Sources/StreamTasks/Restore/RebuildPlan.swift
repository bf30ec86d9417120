package import Records

/// From where a task's state at one input offset can be had. Pure: no handle, no clock.
package enum RebuildPlan: Equatable, Sendable {
    /// Everything ever written is still there: a replay from nothing.
    case fromBeginning
    /// The snapshot that was found, and a replay from its position.
    case fromSnapshot(at: NextOffset)

    /// - Parameters:
    ///   - target: the offset of the first record that the state must not know.
    ///   - snapshot: the position of the newest snapshot that verifies and lies at or before it.
    ///   - low, high: the partition's watermarks; `high` as a reader of committed records sees it.
    package static func decide(
        target: NextOffset, snapshot: NextOffset?, low: NextOffset, high: NextOffset
    ) throws(RebuildRefusal) -> RebuildPlan {
        guard target.rawValue >= 0 else { throw .negative(target) }
        guard target <= high else { throw .beyondEnd(target, end: high) }
        guard let snapshot else {
            guard low.rawValue == 0 else { throw .noSnapshot(target, low: low) }
            return .fromBeginning
        }
        // A snapshot of exactly that offset needs no record at all.
        guard snapshot >= low || snapshot == target else { throw .gone(from: snapshot, to: min(low, target)) }
        return .fromSnapshot(at: snapshot)
    }
}

/// Why a state can't be rebuilt, and what can be done.
package enum RebuildRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    case negative(NextOffset)
    case beyondEnd(NextOffset, end: NextOffset)
    case noSnapshot(NextOffset, low: NextOffset)
    case gone(from: NextOffset, to: NextOffset)
    case settingsChanged(keys: [String])
    /// A task with several inputs, up to where its journal leads.
    case notConsumed(NextOffset, end: NextOffset)
    case silent(NextOffset, seconds: Double)

    package var disposition: Disposition { .stop }

    package var description: String {
        switch self {
        case .negative(let target): "an offset is 0 or more, not \(target)"
        case .beyondEnd(let target, let end):
            "there is no state at \(target) yet: the partition ends at \(end), which is the latest offset to ask for"
        case .noSnapshot(let target, let low):
            "no snapshot that verifies lies at or before \(target), and the records before \(low) are gone; "
                + "ask for a later offset, or bring an older snapshot back"
        case .gone(let from, let to):
            "the records from \(from) to \(to) are gone by retention, and the nearest older snapshot stands before them; "
                + "ask for an offset that a later snapshot covers, or bring one back"
        case .settingsChanged(let keys):
            "the nearest older snapshot was made with other settings: \(keys.joined(separator: ", ")) changed; "
                + "name the settings file of that time with --config"
        case .notConsumed(let target, let end):
            "there is no state at \(target) yet: the task's journal leads to \(end), which is the latest offset to ask for; "
                + "what it will have heard of the others by then is not known"
        case .silent(let position, let seconds):
            "no record has come for \(Int(seconds)) s at \(position), though there are more; look at the brokers and try again"
        }
    }
}
