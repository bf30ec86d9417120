extension PrequentialMetrics {
    /// More segments than these share the metrics of the other one.
    public static let largestSegments = 32

    /// Over all records, segment by segment in the order in which they are declared, the other one last; empty where none are
    /// declared. Areas and calibration are told over the window only.
    public var overallBySegment: [SegmentValues] {
        segments.values(quantile: quantile, classNames: classNames)
    }

    /// Over the window, segment by segment, the areas exactly. Cost: O(segments n + n log n) with a window of n.
    public var windowedBySegment: [SegmentValues] {
        guard segments.count > 0 else { return [] }
        var sums = SegmentTotals(kind, declared: segments.declared)
        recent.forEach { sums.add($0) }
        var all = sums.values(quantile: quantile, classNames: classNames)
        for index in all.indices {
            var calibration = CalibrationTotals()
            recent.forEach { if $0.segment == index && kind.hasConfidence(of: $0) { calibration.add($0) } }
            calibration.fill(&all[index].values)
            if kind.hasArea { all[index].values.fillAreas(recent.ranked(segment: index)) }
        }
        return all
    }
}

extension JointMetrics {
    /// As `PrequentialMetrics.overallBySegment`, of all streams together.
    public var overallBySegment: [SegmentValues] {
        segments.values(quantile: quantile, classNames: classNames)
    }
}
