internal import DriftDetection

extension Declared {
    static let watch = Setting(
        required: "drift[].watch", ValueForm<DriftWatch.Signal>.choice(),
        "The watched signal: the loss, the error (0 or 1 for classes, absolute for numbers), the score, features, or, with `topics.labels`, the seconds that labels take."
    )
    static let detector = Setting(
        "drift[].detector", ValueForm<DetectorKind>.choice(), default: .adwin,
        "The detector, one for each watched signal. Without `drift` ADWIN watches the loss; `drift: []` watches nothing."
    )
    static let watchedFeatures = Setting(
        "drift[].features", .texts("names of declared features, each once", example: "[nswprice]"),
        otherwise: "all features", appliesTo: .init(key: "watch", words: ["feature"]), "The watched features.")

    static let evaluationWindow = Setting(
        "evaluation.window", .window, default: .records(1000),
        "Window of the windowed metrics, and of the drift topic's records: one a signal at the end of each.")
    static let evaluationFading = Setting(
        "evaluation.fading", .fading(example: 0.999), default: 0.999,
        "What the faded metrics so far are worth after one more record.")

    static let watching =
        [watch.declaration, detector.declaration, watchedFeatures.declaration]
        + detectorParameters + [evaluationWindow.declaration, evaluationFading.declaration]
}
