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
}
