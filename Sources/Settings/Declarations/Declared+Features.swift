internal import OnlineLearning
internal import Records

extension Declared {
    enum TargetKind: String, CaseIterable, Sendable { case binary, multiclass, regression, none }

    static let featureName = Setting(
        required: "features[].name", .text("any text, different for each feature", example: "nswprice"),
        "Name of the feature: in metrics, snapshots and messages.")
    static let featurePath = Setting(
        "features[].path", .pointer(example: "/features/nswprice"), otherwise: "`/features/<name>`",
        "Where the feature stands in the record.")
    static let featureKind: Setting<FeatureWord> = Setting(
        "features[].kind", .choice(), default: .number,
        "What stands in the record: a number; a string, number or boolean that names something; an array of numbers; an array of such arrays, oldest first; a time; words."
    )
    static let featureScale = Setting(
        "features[].scale", ValueForm<ScalingKind>.choice(), default: .standard,
        appliesTo: .init(
            key: "kind",
            words: [FeatureWord.number, .vector, .sequence].map(\.rawValue)),
        "How it is normalized, with statistics from before the record; each value of a vector or of a step with its own. `robust` goes by the median and the quartiles."
    )
    static let featureMissing = Setting(
        "features[].missing", ValueForm<MissingPolicy>.choice(), default: .mean,
        "What an absent or null feature becomes: the mean so far, the raw value 0, a constant, the mean and a column that says so, or a dead letter. What isn't a number is 0 in all its columns."
    )
    static let scalingFading = Setting(
        "scaling.fading", .open01(example: 0.01), default: ExponentialScaling.defaultFading,
        "For `scale: exponential`: the newest value's share of the mean. The larger, the sooner the past is forgotten.")
    static let largestMagnitude = Setting(
        "limits.magnitude", .number("above 0, at most 1e30", example: 1e15) { $0 > 0 && $0 <= 1e30 }, default: 1e15,
        "A feature or a label beyond this magnitude goes to dead letters.")

    static let targetKind = Setting(
        required: "target.kind", ValueForm<TargetKind>.choice(),
        "What is predicted: one of two classes, one of several, a number, or with `none` how unusual a record is.")
    static let classes = Setting(
        "target.classes", .classes, otherwise: "required",
        appliesTo: .init(key: "target.kind", words: ["binary", "multiclass"]),
        "The classes as the labels have them; of two the last one is the positive one, `score` is its probability. `NO` is text, `1` a number, `\"1\"` text, `true` a boolean."
    )
    static let targetScale = Setting(
        "target.scale", ValueForm<ScalingKind>.choice(only: ScalingKind.allCases.filter { $0 != .robust }),
        default: .standard,
        appliesTo: .init(key: "target.kind", words: ["regression"]),
        "How the label is normalized for learning; predictions are in its own unit.")

    static let featuresAndTarget =
        [featureName.declaration, featurePath.declaration, featureKind.declaration, featureScale.declaration]
        + [featureMissing.declaration] + featureKinds + featureSets + history
        + [scalingFading.declaration, largestMagnitude.declaration]
        + [targetKind.declaration, classes.declaration, targetScale.declaration]
}
