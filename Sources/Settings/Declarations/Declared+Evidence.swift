internal import DriftDetection

/// What e-detectors and tests over windows are told, and what they share with other detectors.
extension Declared {
    private static func beside(_ words: [DetectorWord]) -> SettingDeclaration.Applicability {
        .init(key: "detector", words: words.map(\.rawValue))
    }

    private static let tests = DistributionTest.allCases.map(DetectorWord.distribution)
    private static let windowTests = tests + [.joint]
    /// Values a window of a test, unless the file says otherwise.
    static let testWindow = 500

    static let minimumEffect = Setting(
        "drift[].minimum-effect", .positive(example: 0.1), otherwise: "the signal's own",
        appliesTo: beside([.evidence, .exceedance] + windowTests),
        "The effect below which there is no alert: standard deviations, the test's distance (of `mmd` 0 to 1.41, usually 0.05); for the data's quality shares, binary orders of magnitude of the volume, or seconds of lag."
    )
    static let warmUpValues = Setting(
        "drift[].warm-up", .whole(EDetectorConfiguration.leastWarmUp...1_000_000_000, unit: "values"),
        otherwise: "500; for `metric` and `quality` 200", appliesTo: beside([.evidence]),
        "Values that the reference is learned from before anything is reported. Of `quality` one value is the mean over 64 records."
    )
    static let direction = Setting(
        "drift[].direction", ValueForm<PageHinkleyConfiguration.Mode>.choice(), default: anyDetector.pageHinkley.mode,
        appliesTo: beside([.evidence, .scalar(.pageHinkley)]),
        "Which changes of the mean are looked for; an `e-detector` of `loss` or `error` looks for `up`, and `page-hinkley-moa` and `cusum` know nothing else."
    )
    static let referenceRecords = Setting(
        "drift[].reference.records", .whole(2...1_000_000, unit: "values"), default: 1000,
        appliesTo: beside(windowTests + [.exceedance]),
        "The first so many values are the reference, at least \(MeanDiscrepancyConfiguration.leastReference) of `mmd`, \(ExceedanceWatch.leastReference) of `exceedance`."
    )
    static let referenceRolling = Setting(
        "drift[].reference.rolling", .whole(2...1_000_000, unit: "values", example: 5000),
        otherwise: "`reference.records` holds", appliesTo: beside(tests),
        "The last so many values before the window are the reference.")
    static let referenceFile = Setting(
        "drift[].reference.file",
        .text("a path that ends in `.csv` or `.jsonl`, or one of these and `.gz`", example: "last-year.csv.gz"),
        otherwise: "`reference.records` holds", appliesTo: beside(tests),
        "A file of feature records, whose columns are the reference of the features of their names: all of them, or of a longer file 5,000 to \(ReferenceFile.most) of its records, drawn by lot and always the same. State rests on what it says, not on its name."
    )
    static let valuesWindow = Setting(
        "drift[].window", .whole(2...100_000, unit: "values", example: 100), default: anyDetector.kswin.window,
        appliesTo: beside([.scalar(.kswin)] + windowTests),
        "The values that are kept, at least twice `sample`; of a test the values of the current window, \(testWindow).")
    static let every = Setting(
        "drift[].every", .whole(1...1_000_000, unit: "records"), default: 8,
        appliesTo: beside(windowTests),
        "One record in so many gives a value, chosen by its number as if by lot: so a test over all features costs little."
    )
    static let frequencies = Setting(
        "drift[].frequencies", .whole(1...1000), default: MeanDiscrepancyConfiguration(dimensions: 1).frequencies,
        appliesTo: beside([.joint]),
        "Random frequencies, drawn from `seed`, that a row is looked at with: more of them see finer differences and cost more."
    )

    static let exceededQuantile = Setting(
        "drift[].quantile", .open01(example: 0.99), default: 0.95, appliesTo: beside([.exceedance]),
        "The share of the reference's scores up to which one isn't high. What is watched is how often scores are higher."
    )

    static let evidenceParameters: [SettingDeclaration] =
        [minimumEffect.declaration, warmUpValues.declaration, direction.declaration]
        + [referenceRecords, referenceRolling, valuesWindow, every, frequencies].map(\.declaration)
        + [referenceFile.declaration, exceededQuantile.declaration]
}
