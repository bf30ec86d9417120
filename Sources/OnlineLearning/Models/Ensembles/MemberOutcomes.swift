/// What came of a record that several members were given, as one result.
struct MemberOutcomes {
    private var updated = false
    private var pending = false
    private var refused = false

    mutating func add(_ result: LearningOutcome.Result) {
        switch result {
        case .updated: updated = true
        case .pending: pending = true
        case .refused: refused = true
        case .skipped: break
        }
    }

    /// Updated where any member was, refused only where none learned.
    var result: LearningOutcome.Result {
        if updated { return .updated }
        if pending { return .pending }
        return refused ? .refused : .skipped
    }
}
