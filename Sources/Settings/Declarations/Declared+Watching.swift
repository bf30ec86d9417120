internal import DriftDetection

extension Declared {
    private static let adwinOnly = SettingDeclaration.Applicability(
        key: "detector", words: [DetectorKind.adwin.rawValue])
    private static let pageHinkleyOnly = SettingDeclaration.Applicability(
        key: "detector", words: [DetectorKind.pageHinkley.rawValue, DetectorKind.pageHinkleyMOA.rawValue])
    private static let adwin = ADWINConfiguration()
    private static let pageHinkley = PageHinkleyConfiguration()

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

    static let adwinConfidence = Setting(
        "drift[].confidence", .open01(example: 0.002), default: adwin.delta, appliesTo: adwinOnly,
        "The paper's delta: the smaller, the fewer false alarms.")
    static let adwinClock = Setting(
        "drift[].clock", .whole(1...1_000_000, unit: "values"), default: adwin.clock, appliesTo: adwinOnly,
        "Cuts are looked for once in so many values.")
    static let adwinBuckets = Setting(
        "drift[].buckets", .whole(2...1000), default: adwin.maximumBuckets, appliesTo: adwinOnly,
        "Buckets of one size before two are merged: the paper's M.")
    static let adwinMinimumWindow = Setting(
        "drift[].minimum-window", .whole(1...1_000_000, unit: "values"), default: adwin.minimumWindow,
        appliesTo: adwinOnly, "The least values on either side of a cut.")
    static let adwinGrace = Setting(
        "drift[].grace", .whole(0...1_000_000, unit: "values"), default: adwin.gracePeriod, appliesTo: adwinOnly,
        "No cut is looked for before so many values.")

    static let pageHinkleyMinimum = Setting(
        "drift[].minimum-values", .whole(1...1_000_000_000, unit: "values"), default: pageHinkley.minimumValues,
        appliesTo: pageHinkleyOnly, "No change is reported before so many values.")
    static let pageHinkleyTolerance = Setting(
        "drift[].tolerance", .notNegative(example: 0.005), default: pageHinkley.delta, appliesTo: pageHinkleyOnly,
        "The change of the mean that is tolerated, in the signal's unit.")
    static let pageHinkleyThreshold = Setting(
        "drift[].threshold", .positive(example: 50), default: pageHinkley.threshold, appliesTo: pageHinkleyOnly,
        "The excess from which a change is reported, in the signal's unit.")
    static let pageHinkleyFading = Setting(
        "drift[].fading", .fading(example: 0.9999), default: pageHinkley.alpha, appliesTo: pageHinkleyOnly,
        "What is left of the sums at each value.")
    static let pageHinkleyDirection = Setting(
        "drift[].direction", ValueForm<PageHinkleyConfiguration.Mode>.choice(), default: pageHinkley.mode,
        appliesTo: .init(key: "detector", words: [DetectorKind.pageHinkley.rawValue]),
        "Which changes of the mean are looked for; `page-hinkley-moa` knows only `up`.")

    static let evaluationWindow = Setting(
        "evaluation.window", .window, default: .records(1000),
        "Window of the windowed metrics, and of the drift topic's records: one a signal at the end of each.")
    static let evaluationFading = Setting(
        "evaluation.fading", .fading(example: 0.999), default: 0.999,
        "What the faded metrics so far are worth after one more record.")

    static let watching =
        [watch.declaration, detector.declaration, watchedFeatures.declaration]
        + detectorParameters + [evaluationWindow.declaration, evaluationFading.declaration]

    static let detectorParameters =
        [adwinConfidence.declaration, pageHinkleyTolerance.declaration, pageHinkleyThreshold.declaration]
        + [adwinClock, adwinBuckets, adwinMinimumWindow, adwinGrace, pageHinkleyMinimum].map(\.declaration)
        + [pageHinkleyFading.declaration, pageHinkleyDirection.declaration]
}
