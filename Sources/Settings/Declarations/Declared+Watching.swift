internal import DriftDetection

extension Declared {
    /// The words of `drift[].detector`: which kind of detector, and which.
    enum DetectorWord: RawRepresentable, CaseIterable, Hashable, Sendable {
        case evidence
        case distribution(DistributionTest)
        case joint
        case exceedance
        case scalar(DetectorKind)

        static var allCases: [DetectorWord] {
            [.evidence] + DistributionTest.allCases.map(DetectorWord.distribution) + [.joint, .exceedance]
                + DetectorKind.allCases.map(DetectorWord.scalar)
        }

        init?(rawValue: String) {
            guard let word = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
            self = word
        }

        var rawValue: String {
            switch self {
            case .evidence: "e-detector"
            case .distribution(let test): test.rawValue
            case .joint: JointSettings.word
            case .exceedance: ExceedanceSettings.word
            case .scalar(let kind): kind.rawValue
            }
        }
    }

    static let watch = Setting(
        required: "drift[].watch", ValueForm<DriftWatch.Signal>.choice(),
        "The watched signal: the loss, the error (0 or 1 for classes, absolute for numbers), metrics of the evaluation, the prediction, each feature, features together, the quality of the data, or, with `topics.labels`, the seconds that labels take."
    )
    static let detector = Setting(
        "drift[].detector", ValueForm<DetectorWord>.choice(),
        otherwise: "`e-detector`; for `prediction` and `feature` `kolmogorov-smirnov`, for `features` `mmd`",
        "What holds the signal against what it was. Categories are held by `chi-squared` where the test is about numbers. Without `drift` the loss, the prediction, all features, the data's quality and, with `topics.labels`, the labels' delay are watched; `drift: []` watches nothing."
    )
    static let watchedFeatures = Setting(
        "drift[].features", .texts("names of declared features, each once", example: "[nswprice]"),
        otherwise: "all features", appliesTo: .init(key: "watch", words: ["feature", "features", "quality"]),
        "The watched features; of `features` those that are numbers or vectors.")
    static let watchedMetrics = Setting(
        "drift[].metrics", .texts("metrics that the target has, each once", example: "[accuracy]"),
        otherwise: "`accuracy`, or `mae`", appliesTo: .init(key: "watch", words: ["metric"]),
        "The watched metrics, over `evaluation.window`: one value a window, so it takes hundreds of windows.")
    static let watchedChecks = Setting(
        "drift[].checks", .choices(QualityCheck.allCases, most: QualityCheck.allCases.count),
        default: QualityCheck.allCases, appliesTo: .init(key: "watch", words: ["quality"]),
        "What is looked at: shares of missing values, of categories and of numbers not met before, of refused records; records a unit of event time; the broker's time less the event's."
    )

    static let watching =
        [watch.declaration, detector.declaration, watchedFeatures.declaration, watchedMetrics.declaration]
        + [watchedChecks.declaration] + detectorParameters + alerting
        + evaluation
}
