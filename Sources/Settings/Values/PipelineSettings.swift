package import OnlineLearning
package import Records

/// One pipeline as its settings file describes it, validated: whatever stands here can be run as it is.
///
/// It is made by `load` or `parse`, which collect everything that is wrong with a file before they give up.
package struct PipelineSettings: Sendable {
    /// The pipeline's name: it prefixes topics and metrics, and is the consumer group where `kafka` names none.
    package var pipeline: String
    /// librdkafka's properties, secrets included: never print them, `redactedKafka` is for that.
    package var kafka: [String: String]
    /// The properties whose values must never be shown.
    package var secretKafka: Set<String>
    package var delivery: Delivery
    package var topics: TopicNames
    package var record: RecordPaths
    /// In the order of the file, which is the order of the weights.
    package var features: [FeatureDeclaration]
    /// The newest value's share of the statistics of `exponential` scaling, 0 to 1.
    package var fading: Double
    package var target: Target
    /// The model's word in the file: `logistic` or `linear`.
    package var modelKind: String
    package var model: LinearModelConfiguration
    /// Nil where each partition has a model of its own: the scope is `partition`.
    package var mix: MixSettings?
    package var drift: [DriftWatch]
    package var evaluation: EvaluationSettings
    /// A feature or a label beyond this magnitude is refused.
    package var largestMagnitude: Double
    package var snapshots: SnapshotSettings
    package var commit: CommitSettings
    /// Threads that own tasks.
    package var workers: Int
    package var seed: UInt64
    /// Nil where nothing is served.
    package var http: HTTPAddress?
    /// Every setting that isn't under `kafka`, with its value as a file would write it, in the order of the page.
    package var resolved: [ResolvedSetting]

    /// How a regression's target is scaled, `none` for classes.
    package var targetScaling: ScalingKind { model.targetScaling }
}

/// The value that one key has, whether the file gave it or the default did.
package struct ResolvedSetting: Sendable, Equatable {
    /// Dotted; of a list's items with the item's name or place: `features.nswprice.scale`, `drift.0.detector`.
    package var key: String
    package var text: String
    package var isDefault: Bool
}
