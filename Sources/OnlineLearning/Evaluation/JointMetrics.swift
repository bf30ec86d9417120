public import Records

/// The overall metrics of several streams together, as if one had seen all their records.
///
/// Only the accuracy beyond the last label knows of the streams: it is against the label before in the same one.
/// - Cost: O(1) a stream for a regression; with classes O(bins of the area under the curve).
public struct JointMetrics: ~Copyable {
    private let kind: EvaluatedTarget
    private var pairs = BinaryTotals()
    private var classes: ClassTotals
    private var values = RegressionTotals()
    private let histogram = ScoreHistogram()
    private var records: UInt64 = 0

    public init(target: Target) {
        kind = EvaluatedTarget(target)
        classes = ClassTotals(classes: kind.manyClasses, fading: 1)
    }

    /// Adds all that one stream has seen. It is of the same target.
    public mutating func add(_ stream: borrowing PrequentialMetrics) {
        precondition(stream.kind == kind, "metrics of different targets don't add up")
        records += stream.records
        pairs.merge(stream.overallPairs)
        classes.merge(stream.overallClasses)
        values.merge(stream.overallValues)
        guard kind.hasArea else { return }
        for index in 0..<histogram.weights.count { histogram.weights[index] += stream.histogram.weights[index] }
    }

    public var overall: MetricValues {
        var metrics = MetricValues(records: records)
        switch kind {
        case .twoClasses: pairs.fill(&metrics)
        case .classes: classes.fill(&metrics)
        case .values: values.fill(&metrics)
        case .anomalies: break
        }
        if kind.hasArea { metrics.auc = histogram.area }
        return metrics
    }
}
