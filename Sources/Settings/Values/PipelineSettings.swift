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
    /// Nil where labels stand in the feature records.
    package var labels: LabelSettings?
    /// In the order of the file, which is the order of the weights.
    package var features: [FeatureDeclaration]
    /// Of vectors that are made of columns of a CSV file, those columns by the feature's name.
    package var vectorColumns: [String: [String]]
    package var interactions: [FeatureInteraction]
    /// Nil where every column is kept.
    package var selection: FeatureSelection?
    /// Nil where no sequence is made of a key's last records.
    package var history: HistoryConfiguration?
    /// The newest value's share of the statistics of `exponential` scaling, 0 to 1.
    package var fading: Double
    package var target: Target
    /// The model's word in the file, such as `logistic`.
    package var modelKind: String
    package var model: LearnerConfiguration
    /// Nil where each partition has a model of its own: the scope is `partition`.
    package var mix: MixSettings?
    package var drift: [DriftWatch]
    package var alerts: AlertSettings
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

    /// The features that are one number each, in their order: what can be watched.
    package var numbers: [FeatureDeclaration] { features.filter(\.kind.isNumber) }

    /// How decoded rows become the model's inputs.
    package var encoder: FeatureEncoderConfiguration {
        FeatureEncoderConfiguration(
            features: features, fading: fading, interactions: interactions, selection: selection, target: target,
            history: history)
    }
}

/// The value that one key has, whether the file gave it or the default did.
package struct ResolvedSetting: Sendable, Equatable {
    /// Dotted; of a list's items with the item's name or place: `features.nswprice.scale`, `drift.0.detector`.
    package var key: String
    package var text: String
    package var isDefault: Bool
}
