public import Records

/// Test, then train: how good each prediction was before its label was learned, over all records, over the last
/// `window`, and over all with fading.
///
/// The area under the curve is exact over the window, within `largestAreaError` over all, and not kept under fading.
/// - Cost: O(1) a record, allocates nothing after `init`; the values are computed when they are asked for.
/// - Source: Gama, Sebastião and Rodrigues, Machine Learning 90 (2013).
public struct PrequentialMetrics: ~Copyable, Checkpointable {
    private let isBinary: Bool
    private let fading: Double
    private(set) var overallClasses = BinaryTotals()
    private var fadedClasses = BinaryTotals()
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
        isBinary = target != .regression
        self.fading = fading
        recent = ObservationWindow(capacity: window)
    }

    /// Labelled records taken in.
    public var records: UInt64 { recent.added }

    /// Takes in one prediction with its truth. Without a label, with weight 0, or with numbers that aren't finite, nothing
    /// is taken in.
    public mutating func add(_ prediction: Prediction, _ label: Label, weight: Double = 1) {
        guard let truth = label.target, weight > 0, weight.isFinite, prediction.score.isFinite else { return }
        var seen = Observation(score: prediction.score, label: truth, weight: weight, flags: 0)
        if isBinary {
            guard truth == 0 || truth == 1, prediction.classIndex == 0 || prediction.classIndex == 1 else { return }
            seen.flags = UInt8(prediction.classIndex) | (truth == lastLabel ? 2 : 0)
            overallClasses.add(seen, fading: 1)
            fadedClasses.add(seen, fading: fading)
            histogram.add(score: seen.score, isPositive: truth == 1, weight: weight)
            lastLabel = truth
        } else {
            // Beyond Float32 a square could overflow the sums for good.
            guard abs(truth) <= Double(Float.greatestFiniteMagnitude) else { return }
            seen.score = min(max(seen.score, -1e100), 1e100)
            overallValues.add(seen, fading: 1)
            fadedValues.add(seen, fading: fading)
        }
        recent.add(seen)
    }

    /// Over all records.
    public var overall: MetricValues {
        var values = values(overallClasses, overallValues)
        if isBinary { values.auc = histogram.area }
        return values
    }

    /// Over the last records, as many as the window holds.
    public var windowed: MetricValues {
        var classes = BinaryTotals()
        var numbers = RegressionTotals()
        recent.forEach { seen in
            if isBinary { classes.add(seen, fading: 1) } else { numbers.add(seen, fading: 1) }
        }
        var values = values(classes, numbers)
        values.records = UInt64(recent.count)
        if isBinary { values.auc = recent.area }
        return values
    }

    /// Over all records, each with the weight that has faded with those after it.
    public var faded: MetricValues { values(fadedClasses, fadedValues) }

    /// How far the overall area under the curve can be from the exact one: half the chance that a positive and a negative
    /// record share a bin of 1/32 of their distance from 0 or 1.
    public var largestAreaError: Double { histogram.largestError }

    private func values(_ classes: BinaryTotals, _ numbers: RegressionTotals) -> MetricValues {
        var values = MetricValues(records: recent.added)
        if isBinary { classes.fill(&values) } else { numbers.fill(&values) }
        return values
    }
}

extension PrequentialMetrics {
    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix + "/overall", doubles: isBinary ? overallClasses.doubles : overallValues.doubles)
        archive.put(prefix + "/faded", doubles: isBinary ? fadedClasses.doubles : fadedValues.doubles)
        if isBinary {
            archive.put(prefix + "/last-label", doubles: [lastLabel])
            archive.put(
                prefix + "/histogram", doubles: UnsafeBufferPointer(histogram.weights.values),
                shape: [ScoreHistogram.bins, 2])
        }
        recent.save(to: &archive, under: prefix + "/window")
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let count = isBinary ? BinaryTotals.count : RegressionTotals.count
        let overall = try archive.doubles(prefix + "/overall", count: count)
        let faded = try archive.doubles(prefix + "/faded", count: count)
        if isBinary {
            lastLabel = try archive.doubles(prefix + "/last-label", count: 1)[0]
            try archive.copy(prefix + "/histogram", doubles: histogram.weights.values)
            overallClasses.doubles = overall
            fadedClasses.doubles = faded
        } else {
            overallValues.doubles = overall
            fadedValues.doubles = faded
        }
        try recent.restore(from: archive, under: prefix + "/window")
    }
}
