public import Records

/// Test, then train: how good each prediction was before its label was learned, over all records, over the last
/// `window`, and over all with fading.
///
/// The area under the curve is exact over the window, within `largestAreaError` over all, and not kept under fading. Without a
/// target it is the only metric: labels then say which records are unusual, and are looked at here alone.
/// - Cost: O(1) a record, allocates nothing after `init`; the values are computed when they are asked for.
/// - Source: Gama, Sebastião and Rodrigues, Machine Learning 90 (2013).
public struct PrequentialMetrics: ~Copyable, Checkpointable {
    let kind: EvaluatedTarget
    private let fading: Double
    private(set) var overallPairs = BinaryTotals()
    private var fadedPairs = BinaryTotals()
    /// Of no classes where there aren't more than two.
    private(set) var overallClasses: ClassTotals
    private var fadedClasses: ClassTotals
    private(set) var overallValues = RegressionTotals()
    private var fadedValues = RegressionTotals()
    let histogram = ScoreHistogram()
    private var recent: ObservationWindow
    /// The label before; NaN before the first, which the last label can't predict.
    private var lastLabel = Double.nan

    /// - Parameters:
    ///   - window: records, 1 or more.
    ///   - fading: what a record's weight is multiplied with at each later one; above 0, at most 1.
    public init(target: Target, window: Int, fading: Double) {
        kind = EvaluatedTarget(target)
        self.fading = fading
        overallClasses = ClassTotals(classes: kind.manyClasses, fading: 1)
        fadedClasses = ClassTotals(classes: kind.manyClasses, fading: fading)
        recent = ObservationWindow(capacity: window, hasManyClasses: kind.manyClasses > 0)
    }

    /// Labelled records taken in.
    public var records: UInt64 { recent.added }

    /// Takes in one prediction with its truth. Without a label, with weight 0, or with numbers that aren't finite, nothing
    /// is taken in.
    /// - Parameter probabilities: `[classes]` where there are more than two; not looked at elsewhere.
    public mutating func add(
        _ prediction: Prediction, _ label: Label, weight: Double = 1,
        probabilities: UnsafeBufferPointer<Float> = UnsafeBufferPointer(start: nil, count: 0)
    ) {
        guard let truth = label.target, weight > 0, weight.isFinite, prediction.score.isFinite else { return }
        var seen = Observation(score: prediction.score, label: truth, weight: weight)
        switch kind {
        case .twoClasses:
            guard truth == 0 || truth == 1, prediction.classIndex == 0 || prediction.classIndex == 1 else { return }
            seen.predicted = prediction.classIndex
            seen.lastLabelWasRight = truth == lastLabel
            overallPairs.add(seen, fading: 1)
            fadedPairs.add(seen, fading: fading)
            histogram.add(score: seen.score, isPositive: truth == 1, weight: weight)
            lastLabel = truth
        case .classes(let count):
            guard case .classIndex(let index) = label, 0..<count ~= index, 0..<count ~= prediction.classIndex,
                probabilities.count == count
            else { return }
            seen.score = Double(probabilities[index])
            guard seen.score.isFinite else { return }
            seen.predicted = prediction.classIndex
            seen.lastLabelWasRight = truth == lastLabel
            overallClasses.add(seen)
            fadedClasses.add(seen)
            lastLabel = truth
        case .values:
            // Beyond Float32 a square could overflow the sums for good.
            guard abs(truth) <= Double(Float.greatestFiniteMagnitude) else { return }
            seen.score = min(max(seen.score, -1e100), 1e100)
            overallValues.add(seen, fading: 1)
            fadedValues.add(seen, fading: fading)
        case .anomalies:
            guard truth == 0 || truth == 1 else { return }
            // Keeps the order of scores, which is all that the area goes by.
            seen.score = max(seen.score, 0) / (1 + max(seen.score, 0))
            histogram.add(score: seen.score, isPositive: truth == 1, weight: weight)
        }
        recent.add(seen)
    }

    /// Over all records.
    public var overall: MetricValues {
        var values = MetricValues(records: recent.added)
        switch kind {
        case .twoClasses: overallPairs.fill(&values)
        case .classes: overallClasses.fill(&values)
        case .values: overallValues.fill(&values)
        case .anomalies: break
        }
        if kind.hasArea { values.auc = histogram.area }
        return values
    }

    /// Over the last records, as many as the window holds.
    public var windowed: MetricValues {
        var values = MetricValues(records: UInt64(recent.count))
        switch kind {
        case .twoClasses:
            var pairs = BinaryTotals()
            recent.forEach { pairs.add($0, fading: 1) }
            pairs.fill(&values)
        case .classes(let count):
            var classes = ClassTotals(classes: count, fading: 1)
            recent.forEach { classes.add($0) }
            classes.fill(&values)
        case .values:
            var numbers = RegressionTotals()
            recent.forEach { numbers.add($0, fading: 1) }
            numbers.fill(&values)
        case .anomalies: break
        }
        if kind.hasArea { values.auc = recent.area }
        return values
    }

    /// Over all records, each with the weight that has faded with those after it.
    public var faded: MetricValues {
        var values = MetricValues(records: recent.added)
        switch kind {
        case .twoClasses: fadedPairs.fill(&values)
        case .classes: fadedClasses.fill(&values)
        case .values: fadedValues.fill(&values)
        case .anomalies: break
        }
        return values
    }

    /// How far the overall area under the curve can be from the exact one: half the chance that a positive and a negative
    /// record share a bin of 1/32 of their distance from 0 or 1.
    public var largestAreaError: Double { histogram.largestError }
}

extension PrequentialMetrics {
    public func save(to archive: inout StateArchive, under prefix: String) {
        switch kind {
        case .twoClasses:
            archive.put(prefix + "/overall", doubles: overallPairs.doubles)
            archive.put(prefix + "/faded", doubles: fadedPairs.doubles)
        case .classes:
            overallClasses.save(to: &archive, under: prefix + "/overall")
            fadedClasses.save(to: &archive, under: prefix + "/faded")
        case .values:
            archive.put(prefix + "/overall", doubles: overallValues.doubles)
            archive.put(prefix + "/faded", doubles: fadedValues.doubles)
        case .anomalies: break
        }
        if kind.hasClasses { archive.put(prefix + "/last-label", doubles: [lastLabel]) }
        if kind.hasArea {
            archive.put(
                prefix + "/histogram", doubles: UnsafeBufferPointer(histogram.weights.values),
                shape: [ScoreHistogram.bins, 2])
        }
        recent.save(to: &archive, under: prefix + "/window")
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        switch kind {
        case .twoClasses:
            overallPairs.doubles = try archive.doubles(prefix + "/overall", count: BinaryTotals.count)
            fadedPairs.doubles = try archive.doubles(prefix + "/faded", count: BinaryTotals.count)
        case .classes:
            try overallClasses.restore(from: archive, under: prefix + "/overall")
            try fadedClasses.restore(from: archive, under: prefix + "/faded")
        case .values:
            overallValues.doubles = try archive.doubles(prefix + "/overall", count: RegressionTotals.count)
            fadedValues.doubles = try archive.doubles(prefix + "/faded", count: RegressionTotals.count)
        case .anomalies: break
        }
        if kind.hasClasses { lastLabel = try archive.doubles(prefix + "/last-label", count: 1)[0] }
        if kind.hasArea { try archive.copy(prefix + "/histogram", doubles: histogram.weights.values) }
        try recent.restore(from: archive, under: prefix + "/window", classes: kind.classCount)
    }
}
