internal import Records
package import Settings

/// What the signals are called in the drift topic.
package struct SignalNames: Sendable {
    package let error: String
    package let features: [String]

    package init(_ settings: PipelineSettings) {
        error = settings.target.isForClasses ? "accuracy" : "error"
        features = settings.numbers.map { "feature." + $0.name }
    }

    package func name(_ signal: DriftWatch.Signal, feature: Int?) -> String {
        switch signal {
        case .loss: "loss"
        case .error: error
        case .prediction: "prediction"
        case .labelDelay: "label-delay"
        case .feature: feature.map { features[$0] } ?? "feature"
        }
    }
}
