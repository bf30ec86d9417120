internal import DriftDetection

extension SettingsReader {
    /// The watched signals. Without a `drift` key ADWIN watches the loss.
    mutating func drift(features: [String]) -> [DriftWatch] {
        let items = items("drift") { _, index in String(index) }
        guard root["drift"] != nil else {
            return watch(usualWatch, features).map { [$0] } ?? []
        }
        var watches: [DriftWatch] = []
        for item in items {
            guard let watch = watch(item, features) else { continue }
            if let place = watches.firstIndex(of: watch) {
                contradict(
                    "watch", in: item, "is the same as drift[\(place)]", allowed: "each signal and detector once",
                    advice: "remove one of them")
            }
            watches.append(watch)
        }
        return watches
    }

    /// `{watch: loss}`, as if a file said it.
    private var usualWatch: Item {
        let place = SourcePlace(line: 1, column: 1)
        let loss = SourceScalar(text: DriftWatch.Signal.loss.rawValue, isPlain: true, place: place)
        let entry = SourceSection.Entry(key: Declared.watch.declaration.lastName, place: place, node: .scalar(loss))
        return Item(
            section: SourceSection(entries: [entry], place: place), path: "drift[0]", name: "drift.0", isDefault: true)
    }

    private mutating func watch(_ item: Item, _ declared: [String]) -> DriftWatch? {
        let signal = value(Declared.watch, in: item)
        let detector = detector(item)
        var watched: [String] = []
        if signal == .feature {
            watched = value(Declared.watchedFeatures, in: item, fallback: declared) ?? declared
            for (index, name) in watched.enumerated() {
                if !declared.contains(name) {
                    let near = NearestName.to(name, among: declared)
                    contradict(
                        "features", in: item, "found `\(name)`, which is no declared feature",
                        allowed: declared.map { "`\($0)`" }.joined(separator: ", "),
                        advice: near.map { "did you mean `\($0)`?" } ?? "declare it under `features`")
                } else if watched[..<index].contains(name) {
                    contradict(
                        "features", in: item, "names `\(name)` twice", allowed: "each feature once",
                        advice: "remove one of them")
                }
            }
        } else if let signal {
            refuseUnused(Declared.watchedFeatures.declaration, in: item, because: signal.rawValue)
        }
        return signal.map { DriftWatch(watch: $0, detector: detector, features: watched) }
    }

    private mutating func detector(_ item: Item) -> DetectorConfiguration {
        var detector = DetectorConfiguration(kind: value(Declared.detector, in: item) ?? .adwin)
        switch detector.kind {
        case .adwin:
            set(&detector.adwin.delta, Declared.adwinConfidence, item)
            set(&detector.adwin.clock, Declared.adwinClock, item)
            set(&detector.adwin.maximumBuckets, Declared.adwinBuckets, item)
            set(&detector.adwin.minimumWindow, Declared.adwinMinimumWindow, item)
            set(&detector.adwin.gracePeriod, Declared.adwinGrace, item)
        case .pageHinkley, .pageHinkleyMOA:
            set(&detector.pageHinkley.minimumValues, Declared.pageHinkleyMinimum, item)
            set(&detector.pageHinkley.delta, Declared.pageHinkleyTolerance, item)
            set(&detector.pageHinkley.threshold, Declared.pageHinkleyThreshold, item)
            set(&detector.pageHinkley.alpha, Declared.pageHinkleyFading, item)
            if detector.kind == .pageHinkley { set(&detector.pageHinkley.mode, Declared.pageHinkleyDirection, item) }
        }
        let chosen = detector.kind.rawValue
        for parameter in Declared.detectorParameters where parameter.appliesTo?.words.contains(chosen) == false {
            refuseUnused(parameter, in: item, because: chosen)
        }
        return detector
    }

    private mutating func set<Value>(_ target: inout Value, _ setting: Setting<Value>, _ item: Item) {
        if let value = value(setting, in: item) { target = value }
    }
}
