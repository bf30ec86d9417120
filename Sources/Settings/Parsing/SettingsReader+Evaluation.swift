internal import OnlineLearning
internal import Records

extension SettingsReader {
    /// - Parameters:
    ///   - target: nil where it couldn't be read.
    ///   - model: likewise.
    mutating func evaluation(
        _ features: [FeatureDeclaration], target: Target?, model: LearnerConfiguration?
    ) -> EvaluationSettings? {
        let window = value(Declared.evaluationWindow)
        let fading = value(Declared.evaluationFading)
        let segments = value(Declared.evaluationSegments).flatMap { self.segments($0, features) }
        let quantile = value(Declared.evaluationQuantile)
        if quantile != nil, let target, target != .regression {
            contradict(
                Declared.evaluationQuantile.key, "the target has no numbers", allowed: "a regression",
                advice: "remove it")
        }
        guard let window, let fading else { return nil }
        return EvaluationSettings(
            window: window, fading: fading, segments: segments, quantile: quantile ?? model?.minimizedQuantile)
    }

    private mutating func segments(_ name: String, _ features: [FeatureDeclaration]) -> EvaluationSettings.Segments? {
        let declared = features.filter { !$0.declaredValues.isEmpty }
        checkNames([name], Declared.evaluationSegments.key, "category with `values`", declared)
        guard let feature = declared.first(where: { $0.name == name }) else { return nil }
        return EvaluationSettings.Segments(
            feature: name, values: Array(feature.declaredValues.prefix(PrequentialMetrics.largestSegments)))
    }
}

extension FeatureDeclaration {
    /// Of a category; empty for those that are learned or hashed, and for the other kinds.
    fileprivate var declaredValues: [ClassName] {
        if case .category(.oneHot(let values)) = kind { values } else { [] }
    }
}

extension LearnerConfiguration {
    /// The quantile that is learned; nil where it is another loss that is minimized.
    fileprivate var minimizedQuantile: Double? {
        switch self {
        case .linear(let model): model.loss == .quantile ? model.lossShape.quantile : nil
        case .adaptiveLinear(let model): model.loss == .quantile ? model.lossShape.quantile : nil
        default: nil
        }
    }
}
