internal import DriftDetection

/// What a `DistributionWatch` is made of.
struct DistributionPlan {
    var configuration: DistributionWatchConfiguration
    var every: Int
    /// What a file says that is the reference; empty where the stream says it.
    var sample: [Double]

    /// - Parameter signal: what it doesn't look at in the stream, it doesn't look at in the file.
    func watch(for signal: WatchedSignal) -> DistributionWatch {
        var others = Double.infinity
        if case .categories(let count) = configuration.kind { others = Double(count) }
        let reference = sample.filter { value in
            value.isFinite ? !signal.skipsUndeclared || value < others : !signal.skipsMissing
        }
        return DistributionWatch(configuration, reference: reference) ?? DistributionWatch(configuration)
    }
}
