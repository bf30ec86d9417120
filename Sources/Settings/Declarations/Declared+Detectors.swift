internal import DriftDetection

/// The parameters of detectors. A default that isn't the same for every detector is that of the first one named.
extension Declared {
    /// Where a parameter is of use: beside one of these detectors.
    static func beside(_ kinds: DetectorKind...) -> SettingDeclaration.Applicability {
        .init(key: "detector", words: kinds.map(\.rawValue))
    }

    private static let adwinKinds = beside(.adwin, .adwinMOA)
    private static let pageHinkleyKinds = beside(.pageHinkley, .pageHinkleyMOA)
    private static let sumKinds = beside(.pageHinkley, .pageHinkleyMOA, .cusum)
    /// With the defaults of every kind.
    static let anyDetector = DetectorConfiguration(kind: .adwin)

    static let adwinConfidence = Setting(
        "drift[].confidence", .open01(example: 0.002), default: anyDetector.adwin.delta, appliesTo: adwinKinds,
        "The paper's delta: the smaller, the fewer false alarms; the libraries', and `adwin-moa`'s, is 0.002.")
    static let adwinClock = Setting(
        "drift[].clock", .whole(1...1_000_000, unit: "values"), default: anyDetector.adwin.clock, appliesTo: adwinKinds,
        "Cuts are looked for once in so many values; the libraries', and `adwin-moa`'s, is 32.")
    static let adwinBuckets = Setting(
        "drift[].buckets", .whole(2...1000), default: anyDetector.adwin.maximumBuckets, appliesTo: adwinKinds,
        "Buckets of one size before two are merged: the paper's M.")
    static let adwinMinimumWindow = Setting(
        "drift[].minimum-window", .whole(1...1_000_000, unit: "values"), default: anyDetector.adwin.minimumWindow,
        appliesTo: adwinKinds, "The least values on either side of a cut.")
    static let adwinGrace = Setting(
        "drift[].grace", .whole(0...1_000_000, unit: "values"), default: anyDetector.adwin.gracePeriod,
        appliesTo: adwinKinds, "No cut is looked for before so many values.")

    static let minimumValues = Setting(
        "drift[].minimum-values", .whole(1...1_000_000_000, unit: "values"),
        default: anyDetector.pageHinkley.minimumValues,
        appliesTo: beside(.pageHinkley, .pageHinkleyMOA, .cusum, .ddm, .hddmAFrouros, .hddmWFrouros, .rddm),
        "No change is reported before so many values; `rddm` begins with \(anyDetector.rddm.minimumValues).")
    static let sumTolerance = Setting(
        "drift[].tolerance", .notNegative(example: 0.005), default: anyDetector.pageHinkley.delta, appliesTo: sumKinds,
        "The change of the mean that is tolerated, in the signal's unit.")
    static let sumThreshold = Setting(
        "drift[].threshold", .positive(example: 50), default: anyDetector.pageHinkley.threshold, appliesTo: sumKinds,
        "The excess from which a change is reported, in the signal's unit.")
    static let pageHinkleyFading = Setting(
        "drift[].fading", .fading(example: 0.9999), default: anyDetector.pageHinkley.alpha, appliesTo: pageHinkleyKinds,
        "What is left of the sums at each value.")
    static let pageHinkleyDirection = Setting(
        "drift[].direction", ValueForm<PageHinkleyConfiguration.Mode>.choice(), default: anyDetector.pageHinkley.mode,
        appliesTo: beside(.pageHinkley),
        "Which changes of the mean are looked for; `page-hinkley-moa` and `cusum` know only `up`.")

    static let kswinSignificance = Setting(
        "drift[].significance", .open01(example: 0.005), default: anyDetector.kswin.alpha, appliesTo: beside(.kswin),
        "A change is reported where the test's p is at most this. The older sample is drawn from `seed`.")
    static let kswinWindow = Setting(
        "drift[].window", .whole(2...100_000, unit: "values", example: 100), default: anyDetector.kswin.window,
        appliesTo: beside(.kswin), "The values that are kept, at least twice `sample`.")
    static let kswinSample = Setting(
        "drift[].sample", .whole(1...KSWINConfiguration.largestSample, unit: "values", example: 30),
        default: anyDetector.kswin.sample, appliesTo: beside(.kswin), "The values on either side of the test.")

    static let detectorParameters: [SettingDeclaration] =
        [
            adwinConfidence.declaration, sumTolerance.declaration, sumThreshold.declaration, adwinClock.declaration,
            adwinBuckets.declaration, adwinMinimumWindow.declaration, adwinGrace.declaration, minimumValues.declaration,
            pageHinkleyFading.declaration, pageHinkleyDirection.declaration, kswinSignificance.declaration,
            kswinWindow.declaration, kswinSample.declaration,
        ] + errorDetectorParameters
}
