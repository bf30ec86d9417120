internal import DriftDetection

extension SettingsReader {
    /// A detector with the numbers that are its kind's; those of others are refused.
    mutating func detector(
        _ word: Declared.DetectorWord, of signal: DriftWatch.Signal, _ item: Item
    ) -> WatchDetector {
        for parameter in Declared.detectorParameters where parameter.appliesTo?.words.contains(word.rawValue) == false {
            refuseUnused(parameter, in: item, because: word.rawValue)
        }
        switch word {
        case .evidence:
            let isSlow = signal == .metric || signal == .quality
            var detector = EDetectorConfiguration()
            detector.warmUp =
                value(Declared.warmUpValues, in: item, fallback: isSlow ? EDetectorConfiguration.leastWarmUp : 500)
                ?? 500
            switch value(Declared.direction, in: item) ?? .both {
            case .both: detector.direction = .both
            case .up: detector.direction = .up
            case .down: detector.direction = .down
            }
            return .evidence(detector)
        case .distribution(let test):
            let first = value(Declared.referenceRecords, in: item) ?? 1000
            let rolling = value(Declared.referenceRolling, in: item)
            let window = value(Declared.valuesWindow, in: item, fallback: 500) ?? 500
            let every = value(Declared.every, in: item) ?? 8
            return .distribution(
                DistributionSettings(
                    test: test, reference: rolling.map { .rolling($0) } ?? .first(first), window: window, every: every))
        case .scalar(let kind): return .scalar(scalar(kind, item))
        }
    }

    private mutating func scalar(_ kind: DetectorKind, _ item: Item) -> DetectorConfiguration {
        var detector = DetectorConfiguration(kind: kind)
        switch kind {
        case .adwin, .adwinMOA:
            set(&detector.adwin.delta, Declared.confidence, item)
            set(&detector.adwin.clock, Declared.adwinClock, item)
            set(&detector.adwin.maximumBuckets, Declared.adwinBuckets, item)
            set(&detector.adwin.minimumWindow, Declared.adwinMinimumWindow, item)
            set(&detector.adwin.gracePeriod, Declared.adwinGrace, item)
        case .pageHinkley, .pageHinkleyMOA:
            set(&detector.pageHinkley.minimumValues, Declared.minimumValues, item)
            set(&detector.pageHinkley.delta, Declared.meanTolerance, item)
            set(&detector.pageHinkley.threshold, Declared.threshold, item)
            set(&detector.pageHinkley.alpha, Declared.detectorFading, item)
            if kind == .pageHinkley { set(&detector.pageHinkley.mode, Declared.direction, item) }
        case .cusum:
            set(&detector.cusum.minimumValues, Declared.minimumValues, item)
            set(&detector.cusum.delta, Declared.meanTolerance, item)
            set(&detector.cusum.threshold, Declared.threshold, item)
        case .kswin: kswin(&detector.kswin, item)
        case .ddm:
            set(&detector.ddm.minimumValues, Declared.minimumValues, item)
            set(&detector.ddm.warningLevel, Declared.warningLevel, item)
            set(&detector.ddm.driftLevel, Declared.driftLevel, item)
        case .eddm, .eddmMOA, .eddmFrouros:
            set(&detector.eddm.minimumErrors, Declared.minimumValues, item)
            set(&detector.eddm.warningShare, Declared.warningShare, item)
            set(&detector.eddm.driftShare, Declared.driftShare, item)
        case .hddmA, .hddmAMOA, .hddmAFrouros, .hddmW, .hddmWMOA, .hddmWFrouros: hddm(&detector.hddm, kind, item)
        case .rddm: rddm(&detector.rddm, item)
        case .stepd, .stepdMOA:
            set(&detector.stepd.window, Declared.valuesWindow, item)
            set(&detector.stepd.driftAlpha, Declared.confidence, item)
            set(&detector.stepd.warningAlpha, Declared.warningConfidence, item)
        }
        return detector
    }

    private mutating func kswin(_ kswin: inout KSWINConfiguration, _ item: Item) {
        set(&kswin.alpha, Declared.confidence, item)
        set(&kswin.window, Declared.valuesWindow, item)
        set(&kswin.sample, Declared.sample, item)
        guard kswin.window / 2 < kswin.sample else { return }
        contradict(
            "window", in: item, "found \(kswin.window), less than twice the sample of \(kswin.sample)",
            allowed: "\(2 * kswin.sample) or more", advice: "make it larger, or `sample` smaller")
        kswin = KSWINConfiguration()
    }

    private mutating func hddm(_ hddm: inout HDDMConfiguration, _ kind: DetectorKind, _ item: Item) {
        set(&hddm.driftConfidence, Declared.confidence, item)
        set(&hddm.warningConfidence, Declared.warningConfidence, item)
        if [.hddmW, .hddmWMOA, .hddmWFrouros].contains(kind) { set(&hddm.fading, Declared.detectorFading, item) }
        if [.hddmA, .hddmW].contains(kind) { set(&hddm.isTwoSided, Declared.twoSided, item) }
        if [.hddmAFrouros, .hddmWFrouros].contains(kind) { set(&hddm.minimumValues, Declared.minimumValues, item) }
    }

    private mutating func rddm(_ rddm: inout RDDMConfiguration, _ item: Item) {
        set(&rddm.minimumValues, Declared.minimumValues, item)
        set(&rddm.warningLevel, Declared.warningLevel, item)
        set(&rddm.driftLevel, Declared.driftLevel, item)
        set(&rddm.longestConcept, Declared.longestConcept, item)
        set(&rddm.storedValues, Declared.storedValues, item)
        set(&rddm.longestWarning, Declared.longestWarning, item)
    }

    private mutating func set<Value>(_ target: inout Value, _ setting: Setting<Value>, _ item: Item) {
        if let value = value(setting, in: item, fallback: target) { target = value }
    }
}
