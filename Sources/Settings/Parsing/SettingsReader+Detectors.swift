internal import DriftDetection

extension SettingsReader {
    /// The detector of a watched signal, with the parameters that are its kind's.
    mutating func detector(_ item: Item) -> DetectorConfiguration {
        var detector = DetectorConfiguration(kind: value(Declared.detector, in: item) ?? .adwin)
        switch detector.kind {
        case .adwin, .adwinMOA: adwin(&detector.adwin, item)
        case .pageHinkley, .pageHinkleyMOA:
            set(&detector.pageHinkley.minimumValues, Declared.minimumValues, item)
            set(&detector.pageHinkley.delta, Declared.sumTolerance, item)
            set(&detector.pageHinkley.threshold, Declared.sumThreshold, item)
            set(&detector.pageHinkley.alpha, Declared.pageHinkleyFading, item)
            if detector.kind == .pageHinkley { set(&detector.pageHinkley.mode, Declared.pageHinkleyDirection, item) }
        case .cusum:
            set(&detector.cusum.minimumValues, Declared.minimumValues, item)
            set(&detector.cusum.delta, Declared.sumTolerance, item)
            set(&detector.cusum.threshold, Declared.sumThreshold, item)
        case .kswin: kswin(&detector.kswin, item)
        case .ddm:
            set(&detector.ddm.minimumValues, Declared.minimumValues, item)
            set(&detector.ddm.warningLevel, Declared.warningLevel, item)
            set(&detector.ddm.driftLevel, Declared.driftLevel, item)
        case .eddm, .eddmMOA, .eddmFrouros:
            set(&detector.eddm.minimumErrors, Declared.minimumErrors, item)
            set(&detector.eddm.warningShare, Declared.warningShare, item)
            set(&detector.eddm.driftShare, Declared.driftShare, item)
        case .hddmA, .hddmAMOA, .hddmAFrouros, .hddmW, .hddmWMOA, .hddmWFrouros: hddm(&detector, item)
        case .rddm: rddm(&detector.rddm, item)
        case .stepd, .stepdMOA:
            set(&detector.stepd.window, Declared.recentValues, item)
            set(&detector.stepd.driftAlpha, Declared.driftSignificance, item)
            set(&detector.stepd.warningAlpha, Declared.warningSignificance, item)
        }
        let chosen = detector.kind.rawValue
        for parameter in Declared.detectorParameters where parameter.appliesTo?.words.contains(chosen) == false {
            refuseUnused(parameter, in: item, because: chosen)
        }
        return detector
    }

    private mutating func adwin(_ adwin: inout ADWINConfiguration, _ item: Item) {
        set(&adwin.delta, Declared.adwinConfidence, item)
        set(&adwin.clock, Declared.adwinClock, item)
        set(&adwin.maximumBuckets, Declared.adwinBuckets, item)
        set(&adwin.minimumWindow, Declared.adwinMinimumWindow, item)
        set(&adwin.gracePeriod, Declared.adwinGrace, item)
    }

    private mutating func kswin(_ kswin: inout KSWINConfiguration, _ item: Item) {
        set(&kswin.alpha, Declared.kswinSignificance, item)
        set(&kswin.window, Declared.kswinWindow, item)
        set(&kswin.sample, Declared.kswinSample, item)
        kswin.seed = peek(Declared.seed) ?? kswin.seed
        guard kswin.window < 2 * kswin.sample else { return }
        contradict(
            "window", in: item, "holds \(kswin.window) values, less than two samples of \(kswin.sample)",
            allowed: "\(2 * kswin.sample) or more", advice: "make `window` larger or `sample` smaller")
        (kswin.window, kswin.sample) = (KSWINConfiguration().window, KSWINConfiguration().sample)
    }

    private mutating func hddm(_ detector: inout DetectorConfiguration, _ item: Item) {
        set(&detector.hddm.driftConfidence, Declared.driftConfidence, item)
        set(&detector.hddm.warningConfidence, Declared.warningConfidence, item)
        switch detector.kind {
        case .hddmW, .hddmWMOA, .hddmWFrouros: set(&detector.hddm.fading, Declared.newestWeight, item)
        default: break
        }
        switch detector.kind {
        case .hddmA, .hddmW: set(&detector.hddm.isTwoSided, Declared.reportsFalls, item)
        case .hddmAFrouros, .hddmWFrouros: set(&detector.hddm.minimumValues, Declared.minimumValues, item)
        default: break
        }
    }

    private mutating func rddm(_ rddm: inout RDDMConfiguration, _ item: Item) {
        set(&rddm.minimumValues, Declared.minimumValues, item)
        set(&rddm.warningLevel, Declared.warningLevel, item)
        set(&rddm.driftLevel, Declared.driftLevel, item)
        set(&rddm.longestConcept, Declared.longestConcept, item)
        set(&rddm.storedValues, Declared.storedValues, item)
        set(&rddm.longestWarning, Declared.longestWarning, item)
    }

    /// Takes the setting, whose default is what the target holds.
    private mutating func set<Value>(_ target: inout Value, _ setting: Setting<Value>, _ item: Item) {
        if let value = value(setting, in: item, fallback: target) { target = value }
    }
}
