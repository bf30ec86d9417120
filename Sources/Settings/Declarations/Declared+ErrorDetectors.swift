internal import DriftDetection

/// The parameters of detectors of errors. A default that isn't the same for every detector is that of the first one named.
extension Declared {
    private static let levelKinds = beside(.ddm, .rddm)
    private static let distanceKinds = beside(.eddm, .eddmMOA, .eddmFrouros)
    private static let boundKinds = beside(.hddmA, .hddmAMOA, .hddmAFrouros, .hddmW, .hddmWMOA, .hddmWFrouros)
    private static let proportionKinds = beside(.stepd, .stepdMOA)

    static let warningLevel = Setting(
        "drift[].warning-level", .positive(example: 2), default: anyDetector.ddm.warningLevel, appliesTo: levelKinds,
        "Deviations above the least error rate from which it warns; \(anyDetector.rddm.warningLevel) for `rddm`.")
    static let driftLevel = Setting(
        "drift[].drift-level", .positive(example: 3), default: anyDetector.ddm.driftLevel, appliesTo: levelKinds,
        "Deviations above the least error rate from which it reports; \(anyDetector.rddm.driftLevel) for `rddm`.")
    static let longestConcept = Setting(
        "drift[].longest-concept", .whole(1...1_000_000_000, unit: "values", example: 40_000),
        default: anyDetector.rddm.longestConcept, appliesTo: beside(.rddm),
        "The values after which the statistics are made anew from the stored ones.")
    static let storedValues = Setting(
        "drift[].stored-values", .whole(1...1_000_000, unit: "values", example: 7000),
        default: anyDetector.rddm.storedValues, appliesTo: beside(.rddm), "The values that are stored, one byte each.")
    static let longestWarning = Setting(
        "drift[].longest-warning", .whole(1...1_000_000_000, unit: "values", example: 1400),
        default: anyDetector.rddm.longestWarning, appliesTo: beside(.rddm),
        "The values after which a warning becomes a report.")

    static let minimumErrors = Setting(
        "drift[].minimum-errors", .whole(1...1_000_000_000, unit: "errors", example: 30),
        default: anyDetector.eddm.minimumErrors, appliesTo: distanceKinds,
        "No change is reported before so many errors.")
    static let warningShare = Setting(
        "drift[].warning-share", .open01(example: 0.95), default: anyDetector.eddm.warningShare,
        appliesTo: distanceKinds,
        "It warns where the distance between errors falls below this share of its greatest.")
    static let driftShare = Setting(
        "drift[].drift-share", .open01(example: 0.9), default: anyDetector.eddm.driftShare, appliesTo: distanceKinds,
        "It reports where the distance between errors falls below this share of its greatest.")

    static let driftConfidence = Setting(
        "drift[].drift-confidence", .open01(example: 0.001), default: anyDetector.hddm.driftConfidence,
        appliesTo: boundKinds, "The chance of a false report that one test may have.")
    static let warningConfidence = Setting(
        "drift[].warning-confidence", .open01(example: 0.005), default: anyDetector.hddm.warningConfidence,
        appliesTo: boundKinds, "The chance of a false warning that one test may have.")
    static let newestWeight = Setting(
        "drift[].newest-weight", .open01(example: 0.05), default: anyDetector.hddm.fading,
        appliesTo: beside(.hddmW, .hddmWMOA, .hddmWFrouros), "What the newest value is worth in the faded means.")
    static let reportsFalls = Setting(
        "drift[].two-sided", .flag, default: anyDetector.hddm.isTwoSided, appliesTo: beside(.hddmA, .hddmW),
        "Whether a fall of the error rate is reported, too.")

    static let recentValues = Setting(
        "drift[].recent-values", .whole(1...1_000_000, unit: "values", example: 30), default: anyDetector.stepd.window,
        appliesTo: proportionKinds, "The newest values, which are held against all before them.")
    static let driftSignificance = Setting(
        "drift[].drift-significance", .open01(example: 0.003), default: anyDetector.stepd.driftAlpha,
        appliesTo: proportionKinds, "A change is reported where the test's p is below this.")
    static let warningSignificance = Setting(
        "drift[].warning-significance", .open01(example: 0.05), default: anyDetector.stepd.warningAlpha,
        appliesTo: proportionKinds, "It warns where the test's p is below this.")

    static let errorDetectorParameters: [SettingDeclaration] = [
        warningLevel.declaration, driftLevel.declaration, longestConcept.declaration, storedValues.declaration,
        longestWarning.declaration, minimumErrors.declaration, warningShare.declaration, driftShare.declaration,
        driftConfidence.declaration, warningConfidence.declaration, newestWeight.declaration, reportsFalls.declaration,
        recentValues.declaration, driftSignificance.declaration, warningSignificance.declaration,
    ]
}
