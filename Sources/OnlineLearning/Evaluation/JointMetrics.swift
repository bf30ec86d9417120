public import Records

/// The overall metrics of several streams together, as if one had seen all their records.
///
/// Only the accuracy beyond the last label knows of the streams: it is against the label before in the same one.
/// - Cost: O(1) a stream for a regression; with classes O(bins of the area under the curve).
public struct JointMetrics: ~Copyable {
    private let kind: EvaluatedTarget
    private let classNames: [String]
    private let quantile: Double?
    private var totals: OverallTotals
    private var records: UInt64 = 0

    /// - Parameter quantile: as the streams' metrics were made with.
    public init(target: Target, quantile: Double? = nil) {
        kind = EvaluatedTarget(target)
        classNames = target.classes.map(\.description)
        self.quantile = quantile
        totals = OverallTotals(kind)
    }

    /// Adds all that one stream has seen. It is of the same target.
    public mutating func add(_ stream: borrowing PrequentialMetrics) {
        precondition(stream.kind == kind, "metrics of different targets don't add up")
        records += stream.records
        totals.merge(stream.totals)
    }

    public var overall: MetricValues {
        var values = MetricValues(records: records)
        totals.fill(&values, quantile: quantile)
        values.name(classNames)
        return values
    }
}
