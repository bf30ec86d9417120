internal import OnlineLearning
internal import Records

extension Declared {
    enum FeatureKind: String, CaseIterable, Sendable { case number }
    enum TargetKind: String, CaseIterable, Sendable { case binary, regression }

    static let featureName = Setting(
        required: "features[].name", .text("any text, different for each feature", example: "nswprice"),
        "Name of the feature: in metrics, snapshots and messages.")
    static let featurePath = Setting(
        "features[].path", .pointer(example: "/features/nswprice"), otherwise: "`/features/<name>`",
        "Where the feature stands in the record.")
    static let featureKind = Setting(
        "features[].kind", .choice(only: [FeatureKind.number], later: ["category", "vector"]), default: .number,
        "What the feature is.")
    static let featureScale = Setting(
        "features[].scale", ValueForm<ScalingKind>.choice(), default: .standard,
        "How it is normalized, with statistics from before the record.")
    static let featureMissing = Setting(
        "features[].missing", ValueForm<MissingPolicy>.choice(), default: .mean,
        "What an absent or null feature becomes: the mean so far, the raw value 0, or a dead letter.")
    static let scalingFading = Setting(
        "scaling.fading", .open01(example: 0.01), default: ExponentialScaling.defaultFading,
        "For `scale: exponential`: the newest value's share of the mean. The larger, the sooner the past is forgotten.")
    static let largestMagnitude = Setting(
        "limits.magnitude", .number("above 0, at most 1e30", example: 1e15) { $0 > 0 && $0 <= 1e30 }, default: 1e15,
        "A feature or a label beyond this magnitude goes to dead letters.")

    static let targetKind = Setting(
        required: "target.kind", ValueForm<TargetKind>.choice(later: ["multiclass", "none"]),
        "What is predicted.")
    static let classes = Setting(
        "target.classes", .classes, otherwise: "required", appliesTo: .init(key: "target.kind", words: ["binary"]),
        "The two classes as the labels have them; the last one is the positive one, `score` is its probability. `NO` is text, `1` a number, `\"1\"` text, `true` a boolean."
    )
    static let targetScale = Setting(
        "target.scale", ValueForm<ScalingKind>.choice(), default: .standard,
        appliesTo: .init(key: "target.kind", words: ["regression"]),
        "How the label is normalized for learning; predictions are in its own unit.")

    static let featuresAndTarget =
        [featureName.declaration, featurePath.declaration, featureKind.declaration, featureScale.declaration]
        + [featureMissing.declaration, scalingFading.declaration, largestMagnitude.declaration]
        + [targetKind.declaration, classes.declaration, targetScale.declaration]
}
