internal import DriftDetection

extension SettingsReader {
    /// The watched signals. Without a `drift` key ADWIN watches the loss.
    /// - Parameter hasClasses: whether an error is 0 or 1, and a score a probability.
    mutating func drift(features: [String], hasClasses: Bool) -> [DriftWatch] {
        let items = items("drift") { _, index in String(index) }
        guard root["drift"] != nil else {
            return watch(usualWatch, features, hasClasses).map { [$0] } ?? []
        }
        var watches: [DriftWatch] = []
        for item in items {
            guard let watch = watch(item, features, hasClasses) else { continue }
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

    private mutating func watch(_ item: Item, _ declared: [String], _ hasClasses: Bool) -> DriftWatch? {
        let signal = value(Declared.watch, in: item)
        let detector = detector(item)
        if let signal { refuseMisfit(signal, detector.kind, in: item, hasClasses) }
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

    /// A detector of errors takes what is 0 or 1: a loss isn't, and neither is the error of a number.
    private mutating func refuseMisfit(
        _ signal: DriftWatch.Signal, _ kind: DetectorKind, in item: Item, _ hasClasses: Bool
    ) {
        guard kind.watchesErrors, signal == .loss || signal != .feature && !hasClasses else { return }
        let values = DetectorKind.allCases.filter { !$0.watchesErrors }.map { "`\($0.rawValue)`" }
        contradict(
            "detector", in: item,
            "`\(kind.rawValue)` takes errors, 0 or 1, and `\(signal.rawValue)` is \(hasClasses ? "none" : "a number")",
            allowed: "for this signal \(values.joined(separator: ", "))",
            advice: hasClasses ? "write `watch: error`" : "write `detector: adwin`")
    }
}
