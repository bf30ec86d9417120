public import Records

/// What the desk keeps for a signal.
struct SignalState: Sendable {
    var episode: AlertEpisode
    /// Event time of the newest alert; nil where there was none, or no event time.
    var openedAt: Int64?
    /// Whether people were told of the newest episode: else they aren't told of its end either.
    var isTold = false
}

/// Saved at a record's border, when all news has been collected.
extension AlertDesk: Checkpointable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        precondition(!hasNews, "collect the notices of a record before its state is saved")
        archive.put(
            "\(prefix)/now", counters: [record, time == nil ? 0 : 1, UInt64(bitPattern: time ?? 0)])
        budget.save(to: &archive, under: "\(prefix)/budget")
        for (signal, state) in states.enumerated() {
            state.episode.save(to: &archive, under: "\(prefix)/\(signal)")
            archive.put(
                "\(prefix)/\(signal)/opened",
                counters: [
                    state.isTold ? 1 : 0, state.openedAt == nil ? 0 : 1, UInt64(bitPattern: state.openedAt ?? 0),
                ])
        }
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let now = try archive.counters("\(prefix)/now", count: 3)
        guard now[1] <= 1, now[0] < 1 << 62 else {
            throw .impossible(name: "\(prefix)/now", reason: "a record or a flag that can't be")
        }
        var newBudget = budget
        try newBudget.restore(from: archive, under: "\(prefix)/budget")
        var newStates = states
        for signal in newStates.indices {
            let opened = try archive.counters("\(prefix)/\(signal)/opened", count: 3)
            guard opened[0] <= 1, opened[1] <= 1 else {
                throw .impossible(name: "\(prefix)/\(signal)/opened", reason: "a flag is neither 0 nor 1")
            }
            try newStates[signal].episode.restore(from: archive, under: "\(prefix)/\(signal)")
            newStates[signal].isTold = opened[0] == 1
            newStates[signal].openedAt = opened[1] == 1 ? Int64(bitPattern: opened[2]) : nil
        }
        (record, time) = (now[0], now[1] == 1 ? Int64(bitPattern: now[2]) : nil)
        (budget, states) = (newBudget, newStates)
        alerts.removeAll()
        recoveries.removeAll()
        hasNews = false
        if record > 0 { renewLevels() }
    }
}
