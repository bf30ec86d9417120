internal import DriftDetection
internal import Records

/// How long the labels of one window took.
struct DelayWindow: ~Copyable, Checkpointable {
    private(set) var seconds = ScalarWindow()
    private(set) var histogram = DelayHistogram()

    /// - Parameter delay: milliseconds of event time.
    mutating func add(_ delay: Int64) {
        seconds.add(Double(delay) / 1000)
        histogram.add(delay)
    }

    mutating func reset() {
        seconds.reset()
        histogram.reset()
    }

    /// Half of the labels, and 95 % of them, came within so many seconds.
    var quantiles: [DriftReport.Metric] {
        [("p50", 0.5), ("p95", 0.95)].compactMap { name, share in
            histogram.quantile(share).map { DriftReport.Metric(name: name, value: $0 / 1000) }
        }
    }

    func save(to archive: inout StateArchive, under prefix: String) {
        seconds.save(to: &archive, under: prefix)
        histogram.save(to: &archive, under: prefix)
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        try seconds.restore(from: archive, under: prefix)
        try histogram.restore(from: archive, under: prefix)
    }
}
