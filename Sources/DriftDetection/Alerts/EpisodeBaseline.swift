internal import Records

/// What was the rule when an episode opened: what its windows are held against until it ends.
struct EpisodeBaseline: Sendable {
    var mean: Double
    /// Above 0.
    var deviation: Double

    init(_ shift: ShiftEstimate) { (mean, deviation) = (shift.before, shift.deviation) }

    private init(mean: Double, deviation: Double) { (self.mean, self.deviation) = (mean, deviation) }

    /// Values far out count as if they were four deviations away.
    func bounded(_ value: Double) -> Double {
        let reach = TiltedReference.largest * deviation
        return min(max(value, mean - reach), mean + reach)
    }

    func shift(of window: ScalarWindow) -> ShiftEstimate {
        ShiftEstimate(values: window.count, before: mean, after: window.mean ?? mean, deviation: deviation)
    }

    static func save(_ baseline: EpisodeBaseline?, to archive: inout StateArchive, _ name: String) {
        archive.put(name, doubles: baseline.map { [$0.mean, $0.deviation] } ?? [])
    }

    static func restored(from archive: StateArchive, _ name: String) throws(StateError) -> EpisodeBaseline? {
        guard !(try archive.doubles(name)).isEmpty else { return nil }
        let values = try archive.finite(name, count: 2)
        guard values[1] > 0 else { throw .impossible(name: name, reason: "its deviation isn't above 0") }
        return EpisodeBaseline(mean: values[0], deviation: values[1])
    }
}
