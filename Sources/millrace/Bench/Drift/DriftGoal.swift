/// What ADWIN at our defaults must reach: no false alarm, and no delay longer than river's where that has none either.
struct DriftGoal {
    /// The streams of each kind, and the records of a stationary one, that the goal is stated for.
    static let (seeds, records) = (30, 200_000)

    let notes: [String]

    /// - Parameter isWhole: whether the run had as many streams and records as the goal asks for.
    init(_ results: [DriftRun.Result], isWhole: Bool) {
        let ours = results.filter { $0.contender.remark == "our defaults" }
        let rivers = results.filter { $0.contender.remark == DriftContender.budgetedADWIN.remark }
        guard !ours.isEmpty, ours.count == rivers.count else {
            notes = []
            return
        }
        guard isWhole else {
            notes = ["goal: judged by \(Self.seeds) streams of each kind, and \(Self.records) records without a change"]
            return
        }
        let isSilent = ours.allSatisfy { $0.score.falseAlarms == 0 }
        let isPrompt = zip(ours, rivers).allSatisfy { mine, theirs in
            mine.score.abruptDelays.median <= theirs.score.abruptDelays.median
                && mine.score.gradualDelays.median <= theirs.score.gradualDelays.median
                && mine.score.missed <= theirs.score.missed
        }
        notes = [
            "goal: no false alarm of adwin at our defaults: \(isSilent ? "met" : "MISSED")",
            "goal: its delay no longer than that of river's adwin at as few false alarms: \(isPrompt ? "met" : "MISSED")",
        ]
    }
}
