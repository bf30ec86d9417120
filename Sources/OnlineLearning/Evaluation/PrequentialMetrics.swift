public import Records

/// Test, then train: how good each prediction was before its label was learned, over all records, over the last
/// `window`, and over all with fading.
///
/// The areas under the curves are exact over the window, within `largestAreaError` and `largestPrecisionAreaError` over all,
/// and not kept under fading. Without a target they are the only metrics: labels then say which records are unusual, and are
/// looked at here alone.
/// - Cost: O(1) a record, and O(classes) where there are more than two; allocates nothing after `init`. The values are
///   computed when they are asked for.
/// - Source: Gama, Sebastião and Rodrigues, Machine Learning 90 (2013).
public struct PrequentialMetrics: ~Copyable, Checkpointable {
    let kind: EvaluatedTarget
    let classNames: [String]
    let quantile: Double?
    private(set) var totals: OverallTotals
    private var fadedTotals: MetricTotals
    var segments: SegmentTotals
    var recent: ObservationWindow
    /// The label before; NaN before the first, which the last label can't predict.
    private var lastLabel = Double.nan

    /// - Parameters:
    ///   - window: records, 1 or more.
    ///   - fading: what a record's weight is multiplied with at each later one; above 0, at most 1.
    ///   - quantile: of a regression's pinball loss, between 0 and 1; nil for none.
    ///   - segments: values of a declared category, whose metrics are told apart; 0 for none.
    public init(target: Target, window: Int, fading: Double, quantile: Double? = nil, segments: Int = 0) {
        kind = EvaluatedTarget(target)
        classNames = target.classes.map(\.description)
        self.quantile = quantile
        totals = OverallTotals(kind)
        fadedTotals = MetricTotals(kind, fading: fading)
        self.segments = SegmentTotals(kind, declared: min(segments, Self.largestSegments))
        recent = ObservationWindow(capacity: window, kind: kind, hasSegments: segments > 0)
    }

    /// Labelled records taken in.
    public var records: UInt64 { recent.added }

    /// Beyond these a square could overflow the sums for good.
    private static var largestNumber: Double { 0x1.fffffep127 }
    private static var largestValueSaid: Double { 1e100 }

    /// Takes in one prediction with its truth. Without a label, with weight 0, or with numbers that aren't finite or beyond
    /// Float32, nothing is taken in.
    /// - Parameters:
    ///   - probabilities: `[classes]` where there are more than two; not looked at elsewhere.
    ///   - segment: index of the declared category's value; -1 for any that isn't declared.
    public mutating func add(
        _ prediction: Prediction, _ label: Label, weight: Double = 1,
        probabilities: UnsafeBufferPointer<Float> = UnsafeBufferPointer(start: nil, count: 0), segment: Int = -1
    ) {
        guard let truth = label.target, weight > 0, weight <= Self.largestNumber, prediction.score.isFinite
        else { return }
        var seen = Observation(score: prediction.score, label: truth, weight: weight)
        switch kind {
        case .twoClasses:
            guard truth == 0 || truth == 1, prediction.classIndex == 0 || prediction.classIndex == 1 else { return }
            seen.predicted = prediction.classIndex
            seen.measureTwoClasses()
            follow(&seen)
            totals.addTwoClasses(seen)
            fadedTotals.addTwoClasses(seen)
        case .classes(let count):
            guard case .classIndex(let index) = label, 0..<count ~= index, 0..<count ~= prediction.classIndex,
                probabilities.count == count
            else { return }
            seen.predicted = prediction.classIndex
            guard seen.measureClasses(probabilities) else { return }
            follow(&seen)
            totals.addClasses(seen)
            fadedTotals.addClasses(seen)
        case .values:
            guard abs(truth) <= Self.largestNumber else { return }
            seen.score = min(max(seen.score, -Self.largestValueSaid), Self.largestValueSaid)
            totals.addValue(seen)
            fadedTotals.addValue(seen)
        case .anomalies:
            guard truth == 0 || truth == 1 else { return }
            // Keeps the order of scores, which is all that the areas go by.
            seen.score = max(seen.score, 0) / (1 + max(seen.score, 0))
            totals.addScore(seen)
        }
        if segments.count > 0 {
            seen.segment = segments.place(segment)
            segments.add(seen)
        }
        recent.add(seen)
    }

    /// Compares the class with the one before.
    @inline(__always)
    private mutating func follow(_ seen: inout Observation) {
        seen.lastLabelWasRight = seen.label == lastLabel
        lastLabel = seen.label
    }
}

extension PrequentialMetrics {
    /// Over all records.
    public var overall: MetricValues {
        values(records: recent.added) { totals.fill(&$0, quantile: quantile) }
    }

    /// Over the last records, as many as the window holds. Cost: O(n log n) with a window of n.
    public var windowed: MetricValues {
        values(records: UInt64(recent.count)) { values in
            var sums = MetricTotals(kind)
            var calibration = CalibrationTotals()
            recent.forEach {
                sums.add($0)
                if kind.hasConfidence(of: $0) { calibration.add($0) }
            }
            sums.fill(&values, quantile: quantile)
            calibration.fill(&values)
            if kind.hasArea { values.fillAreas(recent.ranked()) }
        }
    }

    /// Over all records, each with the weight that has faded with those after it.
    public var faded: MetricValues {
        values(records: recent.added) { fadedTotals.fill(&$0, quantile: quantile) }
    }

    var windowIntervals: EvidenceIntervals {
        var evidence = MeanEvidence()
        recent.forEach {
            let losses = kind.hasClasses ? $0.classLosses : $0.valueLosses
            evidence.add(losses, weight: $0.weight, areBounded: false)
        }
        return EvidenceIntervals(
            kind: kind, summary: evidence.summary, ranked: kind.hasArea ? recent.ranked() : RankedWeights())
    }

    private func values(records: UInt64, _ fill: (inout MetricValues) -> Void) -> MetricValues {
        var values = MetricValues(records: records)
        fill(&values)
        values.name(classNames)
        return values
    }

    /// How far the overall area under the ROC curve can be from the exact one: half the chance that a positive and a negative
    /// record share a bin of 1/32 of their distance from 0 or 1.
    public var largestAreaError: Double { totals.histogram.ranked.largestTieError }

    /// How far the overall area under the precision-recall curve can be from the exact one, by the same bins.
    public var largestPrecisionAreaError: Double { totals.histogram.ranked.largestPrecisionError }
}

extension PrequentialMetrics {
    public func save(to archive: inout StateArchive, under prefix: String) {
        totals.save(to: &archive, under: prefix)
        fadedTotals.save(to: &archive, under: prefix + "/faded")
        segments.save(to: &archive, under: prefix + "/segments")
        if kind.hasClasses { archive.put(prefix + "/last-label", doubles: [lastLabel]) }
        recent.save(to: &archive, under: prefix + "/window")
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        try totals.restore(from: archive, under: prefix)
        try fadedTotals.restore(from: archive, under: prefix + "/faded")
        try segments.restore(from: archive, under: prefix + "/segments")
        if kind.hasClasses { lastLabel = try archive.doubles(prefix + "/last-label", count: 1)[0] }
        try recent.restore(from: archive, under: prefix + "/window", otherSegment: segments.declared)
    }
}
