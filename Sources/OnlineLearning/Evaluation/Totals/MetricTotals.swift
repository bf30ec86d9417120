internal import Records

/// The sums behind all metrics that don't go by the order of scores; with a fading below 1, older records count less.
/// - Cost: O(1) a record, allocates nothing after `init`.
struct MetricTotals: ~Copyable {
    let kind: EvaluatedTarget
    private let fading: Double
    private var pairs = BinaryTotals()
    /// Of no classes where there aren't more than two.
    private var classes: ClassTotals
    private var values = RegressionTotals()

    init(_ kind: EvaluatedTarget, fading: Double = 1) {
        self.kind = kind
        self.fading = fading
        classes = ClassTotals(classes: kind.manyClasses, fading: fading)
    }

    @inline(__always)
    mutating func add(_ seen: Observation) {
        switch kind {
        case .twoClasses: addTwoClasses(seen)
        case .classes: addClasses(seen)
        case .values: addValue(seen)
        case .anomalies: break
        }
    }

    // For those who know already what the target is, so that it isn't asked again for every record.

    @inline(__always)
    mutating func addTwoClasses(_ seen: Observation) { pairs.add(seen, fading: fading) }

    @inline(__always)
    mutating func addClasses(_ seen: Observation) { classes.add(seen) }

    @inline(__always)
    mutating func addValue(_ seen: Observation) { values.add(seen, fading: fading) }

    /// Adds the records of another stream; neither of them fades.
    mutating func merge(_ other: borrowing MetricTotals) {
        pairs.merge(other.pairs)
        classes.merge(other.classes)
        values.merge(other.values)
    }

    /// - Parameter quantile: of the pinball loss; nil where none is declared.
    func fill(_ metrics: inout MetricValues, quantile: Double?) {
        switch kind {
        case .twoClasses: pairs.fill(&metrics)
        case .classes: classes.fill(&metrics)
        case .values: values.fill(&metrics, quantile: quantile)
        case .anomalies: break
        }
    }
}

extension MetricTotals {
    func save(to archive: inout StateArchive, under name: String) {
        switch kind {
        case .twoClasses:
            archive.put(name, doubles: pairs.doubles)
            archive.put(name + "/squares", doubles: pairs.squaresDoubles)
        case .classes: classes.save(to: &archive, under: name)
        case .values:
            archive.put(name, doubles: values.doubles)
            archive.put(name + "/signed", doubles: values.signedDoubles)
        case .anomalies: break
        }
    }

    /// A snapshot from before the Brier score, or the mean and the relative error, begins those anew.
    mutating func restore(from archive: StateArchive, under name: String) throws(StateError) {
        switch kind {
        case .twoClasses:
            pairs.doubles = try archive.sums(name, count: BinaryTotals.count)
            pairs.squaresDoubles = try archive.laterSums(name + "/squares", count: BinaryTotals.squaresCount)
        case .classes: try classes.restore(from: archive, under: name)
        case .values:
            values.doubles = try archive.finite(name, count: RegressionTotals.count)
            values.signedDoubles = try archive.laterFinite(name + "/signed", count: RegressionTotals.signedCount)
        case .anomalies: break
        }
    }
}
