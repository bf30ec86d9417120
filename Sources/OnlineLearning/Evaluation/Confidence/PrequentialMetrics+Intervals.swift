extension PrequentialMetrics {
    /// How sure the overall metrics are, for one look: accuracy, log loss, Brier score, area under the ROC curve; mean
    /// absolute error, root of the mean squared error, mean error.
    ///
    /// Means are told by batches, so it counts that neighbouring records are alike. The area is taken from the histogram.
    /// Nothing is said of fewer than ten records.
    /// - Parameter level: how often such an interval holds what it is to hold, between 0 and 1.
    public func overallIntervals(level: Double = 0.95) -> [MetricInterval] {
        totals.intervals.once(level: level)
    }

    /// The same over the window; the area is exact.
    public func windowedIntervals(level: Double = 0.95) -> [MetricInterval] {
        windowIntervals.once(level: level)
    }

    /// How sure the overall metrics of classes are, at every record at once: one may look as often as one likes and stop when
    /// one likes. The mean that it holds is that of what was to be expected at each record so far.
    ///
    /// Strict for records of equal weight. Where they differ it goes by the heaviest so far, which nobody knew beforehand.
    public func anytimeIntervals(level: Double = 0.95) -> [MetricInterval] {
        totals.intervals.atAnyTime(level: level)
    }
}

extension JointMetrics {
    /// As `PrequentialMetrics.overallIntervals`, of all streams together.
    public func overallIntervals(level: Double = 0.95) -> [MetricInterval] { intervals.once(level: level) }

    /// As `PrequentialMetrics.anytimeIntervals`, of all streams together.
    public func anytimeIntervals(level: Double = 0.95) -> [MetricInterval] { intervals.atAnyTime(level: level) }
}
