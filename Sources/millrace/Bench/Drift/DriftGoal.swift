/// What our defaults must reach: no false alarm, and no delay longer than river's ADWIN where that has none either.
struct DriftGoal {
    /// The streams of each kind, and the records of a stationary one, that the goal is stated for.
    static let (seeds, records) = (30, 200_000)

    let notes: [String]

    /// - Parameter isWhole: whether the run had as many streams and records as the goal asks for.
    init(_ results: [DriftRun.Result], isWhole: Bool) {
        let rivers = results.filter { $0.contender.remark == DriftContender.budgetedADWIN.remark }
        let ours = [DriftContender.defaultAlerts.remark, DriftContender.ownADWIN.remark].map { remark in
            results.filter { $0.contender.remark == remark }
        }
        guard ours.allSatisfy({ !$0.isEmpty && $0.count == rivers.count }) else {
            notes = []
            return
        }
        guard isWhole else {
            notes = ["goal: judged by \(Self.seeds) streams of each kind, and \(Self.records) records without a change"]
            return
        }
        notes = ours.flatMap { Self.judge($0, by: rivers) }
    }

    private static func judge(_ mine: [DriftRun.Result], by rivers: [DriftRun.Result]) -> [String] {
        let name = "\(mine[0].contender.name), \(mine[0].contender.remark)"
        let isSilent = mine.allSatisfy { $0.score.falseAlarms == 0 }
        func isPrompt(_ delays: (DriftScore) -> [Double]) -> Bool {
            zip(mine, rivers).allSatisfy { mine, theirs in
                delays(mine.score).median <= delays(theirs.score).median && mine.score.missed <= theirs.score.missed
            }
        }
        func text(_ isMet: Bool) -> String { isMet ? "met" : "MISSED" }
        let river = "no later than river's adwin at as few false alarms"
        return [
            "goal: no false alarm of \(name): \(text(isSilent))",
            "goal: an abrupt change \(river), \(name): \(text(isPrompt(\.abruptDelays)))",
            "goal: a gradual change \(river), \(name): \(text(isPrompt(\.gradualDelays)))",
        ]
    }
}
