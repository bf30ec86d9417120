extension ForestMember {
    /// Learns a record as often as is drawn.
    mutating func learn(
        _ x: UnsafePointer<Float>, label: Int, weight: Double, _ configuration: AdaptiveRandomForestConfiguration
    ) {
        let times = generator.poisson(mean: configuration.bagging)
        guard times > 0 else { return }
        tree.learn(x, label: label, weight: Double(times) * weight)
        successor?.learn(x, label: label, weight: Double(times) * weight)
    }

    /// Learns a record as often as is drawn.
    mutating func learn(
        _ x: UnsafePointer<Float>, value: Double, weight: Double, _ configuration: AdaptiveRandomForestConfiguration
    ) {
        let times = generator.poisson(mean: configuration.bagging)
        guard times > 0 else { return }
        tree.learn(x, value: value, weight: Double(times) * weight)
        successor?.learn(x, value: value, weight: Double(times) * weight)
    }
}
