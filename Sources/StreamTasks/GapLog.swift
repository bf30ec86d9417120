package import Records

/// The gaps that a task has passed over, and when the drift topic is told of them.
///
/// What was told needs no mark of its own: it follows from where the task stands, so a replay tells nothing twice.
package struct GapLog: Sendable, Equatable {
    package private(set) var gaps: [InputGap] = []
    private var untold: [InputGap] = []
    /// From this offset on a record has to tell of a gap; beyond all offsets where nothing is left to tell.
    package private(set) var due = Int64.max

    package init() {}

    package mutating func add(_ gap: InputGap) {
        gaps.append(gap)
        untold.append(gap)
        due = min(due, gap.toldAt.rawValue)
    }

    /// Takes over what a snapshot of a task that stands at `position` has.
    package mutating func restore(_ gaps: [InputGap], position: NextOffset) {
        self.gaps = gaps
        untold = gaps.filter { $0.toldAt >= position }
        due = untold.map(\.toldAt.rawValue).min() ?? .max
    }

    /// The gaps that the record at `offset` tells of; they are told then.
    package mutating func take(at offset: Int64) -> [InputGap] {
        let ready = untold.filter { $0.toldAt.rawValue <= offset }
        untold.removeAll { $0.toldAt.rawValue <= offset }
        due = untold.map(\.toldAt.rawValue).min() ?? .max
        return ready
    }
}
