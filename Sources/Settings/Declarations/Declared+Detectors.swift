internal import DriftDetection

/// The numbers of detectors. One that several kinds have stands once, with each kind's own default.
extension Declared {
    private typealias Use = SettingDeclaration.Applicability

    private static func beside(_ kinds: [DetectorWord]) -> Use { Use(key: "detector", words: kinds.map(\.rawValue)) }

    private static func beside(_ kinds: DetectorKind...) -> Use { beside(kinds.map(DetectorWord.scalar)) }

    private static let own = "the detector's own"
    private static let tests = DistributionTest.allCases.map(DetectorWord.distribution)

    static let minimumEffect = Setting(
        "drift[].minimum-effect", .positive(example: 0.1), otherwise: "the signal's own",
        appliesTo: beside([.evidence] + tests),
        "The effect below which there is no alert: standard deviations, the test's distance, for the data's quality shares, binary orders of magnitude of the volume, or seconds of lag."
    )
    static let warmUpValues = Setting(
        "drift[].warm-up", .whole(EDetectorConfiguration.leastWarmUp...1_000_000_000, unit: "values"),
        otherwise: "500; for `metric` and `quality` 200", appliesTo: beside([.evidence]),
        "Values that the reference is learned from before anything is reported. Of `quality` one value is the mean over 32 records."
    )
    static let direction = Setting(
        "drift[].direction", ValueForm<PageHinkleyConfiguration.Mode>.choice(), default: .both,
        appliesTo: beside([.evidence, .scalar(.pageHinkley)]),
        "Which changes of the mean are looked for; `page-hinkley-moa` knows only `up`.")
    static let referenceRecords = Setting(
        "drift[].reference.records", .whole(2...1_000_000, unit: "values"), default: 1000, appliesTo: beside(tests),
        "The first so many values are the reference.")
    static let referenceRolling = Setting(
        "drift[].reference.rolling", .whole(2...1_000_000, unit: "values"), otherwise: "`reference.records` holds",
        appliesTo: beside(tests), "The last so many values before the window are the reference.")
    static let valuesWindow = Setting(
        "drift[].window", .whole(2...1_000_000, unit: "values"), otherwise: "\(own); of a test 500",
        appliesTo: beside(tests + [.kswin, .stepd, .stepdMOA].map(DetectorWord.scalar)),
        "Values in the current window.")
    static let every = Setting(
        "drift[].every", .whole(1...1_000_000, unit: "records"), default: 8, appliesTo: beside(tests),
        "One record in so many gives a value, chosen by its number as if by lot: so a test over all features costs little."
    )

    static let confidence = Setting(
        "drift[].confidence", .open01(example: 0.002), otherwise: own,
        appliesTo: beside(
            .adwin, .adwinMOA, .hddmA, .hddmAMOA, .hddmAFrouros, .hddmW, .hddmWMOA, .hddmWFrouros, .kswin, .stepd,
            .stepdMOA),
        "The chance of a false report that one test may have: the smaller, the fewer false alarms.")
    static let warningConfidence = Setting(
        "drift[].warning-confidence", .open01(example: 0.005), otherwise: own,
        appliesTo: beside(
            .hddmA, .hddmAMOA, .hddmAFrouros, .hddmW, .hddmWMOA, .hddmWFrouros, .stepd, .stepdMOA),
        "The same of a warning.")
    static let minimumValues = Setting(
        "drift[].minimum-values", .whole(1...1_000_000_000, unit: "values"), otherwise: own,
        appliesTo: beside(
            .pageHinkley, .pageHinkleyMOA, .cusum, .ddm, .eddm, .eddmMOA, .eddmFrouros, .rddm, .hddmAFrouros,
            .hddmWFrouros),
        "No change is reported before so many values; by EDDM, so many errors.")
    static let meanTolerance = Setting(
        "drift[].tolerance", .notNegative(example: 0.005), otherwise: own,
        appliesTo: beside(.pageHinkley, .pageHinkleyMOA, .cusum),
        "The change of the mean that is tolerated, in the signal's unit.")
    static let threshold = Setting(
        "drift[].threshold", .positive(example: 50), otherwise: own,
        appliesTo: beside(.pageHinkley, .pageHinkleyMOA, .cusum),
        "The excess from which a change is reported, in the signal's unit.")
    static let detectorFading = Setting(
        "drift[].fading", .fading(example: 0.9999), otherwise: own,
        appliesTo: beside(.pageHinkley, .pageHinkleyMOA, .hddmW, .hddmWMOA, .hddmWFrouros),
        "What is left of the sums at each value; of HDDM-W, what a new value is worth.")

    static let adwinClock = Setting(
        "drift[].clock", .whole(1...1_000_000, unit: "values"), default: ADWINConfiguration().clock,
        appliesTo: beside(.adwin, .adwinMOA), "Cuts are looked for once in so many values.")
    static let adwinBuckets = Setting(
        "drift[].buckets", .whole(2...1000), default: ADWINConfiguration().maximumBuckets,
        appliesTo: beside(.adwin, .adwinMOA), "Buckets of one size before two are merged: the paper's M.")
    static let adwinMinimumWindow = Setting(
        "drift[].minimum-window", .whole(1...1_000_000, unit: "values"), default: ADWINConfiguration().minimumWindow,
        appliesTo: beside(.adwin, .adwinMOA), "The least values on either side of a cut.")
    static let adwinGrace = Setting(
        "drift[].grace", .whole(0...1_000_000, unit: "values"), default: ADWINConfiguration().gracePeriod,
        appliesTo: beside(.adwin, .adwinMOA), "No cut is looked for before so many values.")

    static let warningLevel = Setting(
        "drift[].warning-level", .positive(example: 2), otherwise: own, appliesTo: beside(.ddm, .rddm),
        "Deviations above its least at which the error rate is warned of.")
    static let driftLevel = Setting(
        "drift[].drift-level", .positive(example: 3), otherwise: own, appliesTo: beside(.ddm, .rddm),
        "Deviations above its least at which the error rate is reported.")
    static let warningShare = Setting(
        "drift[].warning-share", .open01(example: 0.95), default: EDDMConfiguration().warningShare,
        appliesTo: beside(.eddm, .eddmMOA, .eddmFrouros),
        "The share of its greatest to which the distance of errors falls at a warning.")
    static let driftShare = Setting(
        "drift[].drift-share", .open01(example: 0.9), default: EDDMConfiguration().driftShare,
        appliesTo: beside(.eddm, .eddmMOA, .eddmFrouros),
        "The share of its greatest to which the distance of errors falls at a report.")
    static let twoSided = Setting(
        "drift[].two-sided", .flag, default: HDDMConfiguration().isTwoSided, appliesTo: beside(.hddmA, .hddmW),
        "Whether a fall of the mean is reported, too.")
    static let sample = Setting(
        "drift[].sample", .whole(1...KSWINConfiguration.largestSample, unit: "values"),
        default: KSWINConfiguration().sample, appliesTo: beside(.kswin),
        "Values on either side of the test; `window` is at least twice as many.")
    static let longestConcept = Setting(
        "drift[].longest-concept", .whole(1...1_000_000_000, unit: "values"),
        default: RDDMConfiguration().longestConcept, appliesTo: beside(.rddm),
        "Values of a concept after which its statistics are made anew from the stored ones.")
    static let storedValues = Setting(
        "drift[].stored-values", .whole(1...1_000_000, unit: "values"), default: RDDMConfiguration().storedValues,
        appliesTo: beside(.rddm), "Values that are stored.")
    static let longestWarning = Setting(
        "drift[].longest-warning", .whole(1...1_000_000_000, unit: "values"),
        default: RDDMConfiguration().longestWarning, appliesTo: beside(.rddm),
        "Values after which a warning becomes a report.")

    static let detectorParameters =
        [minimumEffect.declaration, warmUpValues.declaration, direction.declaration]
        + [referenceRecords, referenceRolling, valuesWindow, every].map(\.declaration)
        + [confidence, warningConfidence, meanTolerance, threshold, detectorFading].map(\.declaration)
        + [minimumValues, adwinClock, adwinBuckets, adwinMinimumWindow, adwinGrace].map(\.declaration)
        + [warningLevel, driftLevel, warningShare, driftShare].map(\.declaration) + [twoSided.declaration]
        + [sample, longestConcept, storedValues, longestWarning].map(\.declaration)
}
