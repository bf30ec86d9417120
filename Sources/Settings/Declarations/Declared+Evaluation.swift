/// How predictions are evaluated while it runs.
extension Declared {
    static let evaluationWindow = Setting(
        "evaluation.window", .window, default: .records(1000),
        "Window of the windowed metrics, and of the drift topic's records: one a signal at the end of each.")
    static let evaluationFading = Setting(
        "evaluation.fading", .fading(example: 0.999), default: 0.999,
        "What the faded metrics so far are worth after one more record.")
    static let evaluationSegments = Setting(
        "evaluation.segments", .text("the name of a feature of kind `category` with `values`", example: "carrier"),
        otherwise: "no segments",
        "The category by whose values metrics are told apart, too: of its first 32 values, and of all others together.")
    static let evaluationQuantile = Setting(
        "evaluation.quantile", .open01(example: 0.9),
        otherwise: "`model.quantile` where `model.loss` is `quantile`; else there is no pinball loss",
        "The quantile of the pinball loss. Only with a regression.")

    static let evaluation = [
        evaluationWindow.declaration, evaluationFading.declaration, evaluationSegments.declaration,
        evaluationQuantile.declaration,
    ]
}
