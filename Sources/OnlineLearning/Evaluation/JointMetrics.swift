public import Records

/// The overall metrics of several streams together, as if one had seen all their records.
///
/// Only the accuracy beyond the last label knows of the streams: it is against the label before in the same one.
/// - Cost: O(1) a stream for a regression; with classes O(bins of the area under the curve).
public struct JointMetrics: ~Copyable {
    private let kind: EvaluatedTarget
    let classNames: [String]
    let quantile: Double?
    private var totals: OverallTotals
    var segments: SegmentTotals
    private var records: UInt64 = 0
    private var summary = MeanSummary()

    /// With the quantile and the segments that the streams' metrics were made with; other segments aren't added.
    public init(target: Target, quantile: Double? = nil, segments: Int = 0) {
        kind = EvaluatedTarget(target)
        classNames = target.classes.map(\.description)
        self.quantile = quantile
        totals = OverallTotals(kind)
        self.segments = SegmentTotals(kind, declared: min(segments, PrequentialMetrics.largestSegments))
    }

    /// Adds all that one stream has seen. It is of the same target.
    public mutating func add(_ stream: borrowing PrequentialMetrics) {
        precondition(stream.kind == kind, "metrics of different targets don't add up")
        records += stream.records
        totals.merge(stream.totals)
        if stream.segments.declared == segments.declared { segments.merge(stream.segments) }
        summary = summary + stream.totals.summary
    }

    var intervals: EvidenceIntervals {
        EvidenceIntervals(kind: kind, summary: summary, ranked: totals.histogram.ranked)
    }

    public var overall: MetricValues {
        var values = MetricValues(records: records)
        totals.fill(&values, quantile: quantile)
        values.name(classNames)
        return values
    }
}
