internal import Records

/// All sums over all records of one stream or of several, none of which fades.
/// - Cost: O(1) a record, allocates nothing after `init`.
struct OverallTotals: ~Copyable {
    let kind: EvaluatedTarget
    private var metrics: MetricTotals
    private var calibration = CalibrationTotals()
    private var evidence = MeanEvidence()
    let histogram = ScoreHistogram()

    init(_ kind: EvaluatedTarget) {
        self.kind = kind
        metrics = MetricTotals(kind)
    }

    @inline(__always)
    mutating func addTwoClasses(_ seen: Observation) {
        metrics.addTwoClasses(seen)
        calibration.add(seen)
        evidence.add(seen.classLosses, weight: seen.weight, areBounded: true)
        addScore(seen)
    }

    @inline(__always)
    mutating func addClasses(_ seen: Observation) {
        metrics.addClasses(seen)
        calibration.add(seen)
        evidence.add(seen.classLosses, weight: seen.weight, areBounded: true)
    }

    @inline(__always)
    mutating func addValue(_ seen: Observation) {
        metrics.addValue(seen)
        evidence.add(seen.valueLosses, weight: seen.weight, areBounded: false)
    }

    @inline(__always)
    mutating func addScore(_ seen: Observation) {
        histogram.add(score: seen.score, isPositive: seen.label == 1, weight: seen.weight)
    }

    /// Adds the records of another stream.
    mutating func merge(_ other: borrowing OverallTotals) {
        metrics.merge(other.metrics)
        calibration.merge(other.calibration)
        histogram.merge(other.histogram)
    }

    var summary: MeanSummary { evidence.summary }

    var intervals: EvidenceIntervals {
        EvidenceIntervals(kind: kind, summary: summary, ranked: histogram.ranked)
    }

    func fill(_ values: inout MetricValues, quantile: Double?) {
        metrics.fill(&values, quantile: quantile)
        calibration.fill(&values)
        if kind.hasArea { values.fillAreas(histogram.ranked) }
    }
}

extension OverallTotals {
    func save(to archive: inout StateArchive, under prefix: String) {
        metrics.save(to: &archive, under: prefix + "/overall")
        evidence.save(to: &archive, under: prefix + "/evidence")
        if kind.hasClasses { calibration.save(to: &archive, under: prefix + "/calibration") }
        if kind.hasArea {
            archive.put(
                prefix + "/histogram", doubles: UnsafeBufferPointer(histogram.weights.values),
                shape: [ScoreHistogram.bins, 2])
        }
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        try metrics.restore(from: archive, under: prefix + "/overall")
        try evidence.restore(from: archive, under: prefix + "/evidence")
        if kind.hasClasses { try calibration.restore(from: archive, under: prefix + "/calibration") }
        if kind.hasArea {
            let weights = try archive.sums(prefix + "/histogram", count: histogram.weights.count)
            histogram.weights.base.update(from: weights, count: weights.count)
        }
    }
}

extension MetricValues {
    mutating func fillAreas(_ ranked: RankedWeights) {
        auc = ranked.area
        precisionRecallArea = ranked.averagePrecision
    }

    /// Names the classes as they are declared.
    mutating func name(_ names: [String]) {
        for index in classes.indices { classes[index].name = names[index] }
    }
}
