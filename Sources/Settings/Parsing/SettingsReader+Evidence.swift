internal import DriftDetection

extension SettingsReader {
    /// A detector with the parameters that are its kind's; those of others are refused.
    mutating func detector(
        _ word: Declared.DetectorWord, of signal: DriftWatch.Signal, _ item: Item
    ) -> WatchDetector {
        for parameter in Declared.detectorParameters where parameter.appliesTo?.words.contains(word.rawValue) == false {
            refuseUnused(parameter, in: item, because: word.rawValue)
        }
        switch word {
        case .evidence: return .evidence(evidence(signal, item))
        case .distribution(let test): return .distribution(distribution(test, item))
        case .joint: return .joint(joint(item))
        case .exceedance: return .exceedance(exceedance(item))
        case .scalar(let kind): return .scalar(detector(kind, item))
        }
    }

    private mutating func evidence(_ signal: DriftWatch.Signal, _ item: Item) -> EDetectorConfiguration {
        var detector = EDetectorConfiguration()
        let isSlow = signal == .metric || signal == .quality
        let usual = isSlow ? EDetectorConfiguration.leastWarmUp : detector.warmUp
        detector.warmUp = value(Declared.warmUpValues, in: item, fallback: usual) ?? usual
        // A model that gets better is no alarm.
        let direction: PageHinkleyConfiguration.Mode = signal == .loss || signal == .error ? .up : .both
        switch value(Declared.direction, in: item, fallback: direction) ?? direction {
        case .both: detector.direction = .both
        case .up: detector.direction = .up
        case .down: detector.direction = .down
        }
        return detector
    }

    private mutating func distribution(_ test: DistributionTest, _ item: Item) -> DistributionSettings {
        let (reference, file) = reference(item)
        return DistributionSettings(
            test: test, reference: reference, file: file, window: testWindow(item),
            every: value(Declared.every, in: item) ?? 8)
    }

    private mutating func testWindow(_ item: Item) -> Int {
        value(Declared.valuesWindow, in: item, fallback: Declared.testWindow) ?? Declared.testWindow
    }

    private mutating func joint(_ item: Item) -> JointSettings {
        JointSettings(
            reference: reference(item, least: MeanDiscrepancyConfiguration.leastReference, for: JointSettings.word),
            window: testWindow(item), every: value(Declared.every, in: item) ?? 8,
            frequencies: value(Declared.frequencies, in: item) ?? 32)
    }

    private mutating func exceedance(_ item: Item) -> ExceedanceSettings {
        ExceedanceSettings(
            reference: reference(item, least: ExceedanceWatch.leastReference, for: ExceedanceSettings.word),
            quantile: value(Declared.exceededQuantile, in: item) ?? 0.95)
    }

    /// Values of a reference, of which a detector needs more than the others do.
    private mutating func reference(_ item: Item, least: Int, for word: String) -> Int {
        let reference = value(Declared.referenceRecords, in: item) ?? 1000
        if reference < least {
            contradict(
                "reference.records", in: item, "\(reference) values are too few for `\(word)`",
                allowed: "\(least) to 1000000 values", advice: "leave it out to take 1000")
        }
        return max(reference, least)
    }
}
