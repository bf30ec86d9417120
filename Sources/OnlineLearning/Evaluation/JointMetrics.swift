public import Records

/// The overall metrics of several streams together, as if one had seen all their records.
///
/// Only the accuracy beyond the last label knows of the streams: it is against the label before in the same one.
/// - Cost: O(1) a stream for a regression; with classes O(bins of the area under the curve).
public struct JointMetrics: ~Copyable {
    private let isBinary: Bool
    private var classes = BinaryTotals()
    private var values = RegressionTotals()
    private let histogram = ScoreHistogram()
    private var records: UInt64 = 0

    public init(target: Target) { isBinary = target != .regression }

    /// Adds all that one stream has seen.
    public mutating func add(_ stream: borrowing PrequentialMetrics) {
        records += stream.records
        classes.merge(stream.overallClasses)
        values.merge(stream.overallValues)
        guard isBinary else { return }
        for index in 0..<histogram.weights.count { histogram.weights[index] += stream.histogram.weights[index] }
    }

    public var overall: MetricValues {
        var metrics = MetricValues(records: records)
        guard isBinary else {
            values.fill(&metrics)
            return metrics
        }
        classes.fill(&metrics)
        metrics.auc = histogram.area
        return metrics
    }
}
