internal import DriftDetection
internal import Records

extension SettingsReader {
    /// The watched signals. Without a `drift` key the loss, the prediction, all features, the data's quality and, where labels
    /// come later, their delay are watched.
    mutating func drift(
        features: [FeatureDeclaration], target: Target, record: RecordPaths, hasLateLabels: Bool
    ) -> [DriftWatch] {
        let items =
            root["drift"] == nil ? usualWatches(features, hasLateLabels) : items("drift") { _, index in String(index) }
        var watches: [DriftWatch] = []
        for item in items {
            guard var watch = watch(item, features, target) else { continue }
            watch.samples = samples(of: watch, features, record, in: item)
            if let place = watches.firstIndex(of: watch) {
                contradict(
                    "watch", in: item, "is the same as drift[\(place)]", allowed: "each signal and detector once",
                    advice: "remove one of them")
            }
            watches.append(watch)
        }
        return watches
    }

    /// `[{watch: loss}, …]`, as if a file said it.
    private func usualWatches(_ features: [FeatureDeclaration], _ hasLateLabels: Bool) -> [Item] {
        let words: [DriftWatch.Signal] =
            [.loss, .prediction] + (features.contains(where: \.isWatchable) ? [.feature] : []) + [.quality]
            + (hasLateLabels ? [.labelDelay] : [])
        return words.enumerated().map { index, word in
            let place = SourcePlace(line: 1, column: 1)
            let scalar = SourceScalar(text: word.rawValue, isPlain: true, place: place)
            let entry = SourceSection.Entry(
                key: Declared.watch.declaration.lastName, place: place, node: .scalar(scalar))
            return Item(
                section: SourceSection(entries: [entry], place: place), path: "drift[\(index)]",
                name: "drift.\(index)", isDefault: true)
        }
    }

    private mutating func watch(_ item: Item, _ features: [FeatureDeclaration], _ target: Target) -> DriftWatch? {
        guard let signal = value(Declared.watch, in: item) else { return nil }
        let word = value(Declared.detector, in: item, fallback: usualDetector(signal)) ?? .evidence
        refuseMisfit(signal, word, in: item, target)
        var watch = DriftWatch(watch: signal, detector: detector(word, of: signal, item))
        if case .scalar = word {
        } else {
            watch.minimumEffect = value(Declared.minimumEffect, in: item)
        }
        switch signal {
        case .feature:
            watch.features = watched(features.filter(\.isWatchable).map(\.name), in: item)
        case .features: watch.features = columns(features, in: item)
        case .quality:
            watch.features = watched(features.map(\.name), in: item)
            watch.checks = value(Declared.watchedChecks, in: item) ?? QualityCheck.allCases
        case .metric:
            watch.metrics = metrics(target, in: item)
        case .loss, .error, .prediction, .labelDelay: break
        }
        for parameter in [Declared.watchedFeatures.declaration, Declared.watchedMetrics.declaration]
            + [Declared.watchedChecks.declaration]
        where parameter.appliesTo?.words.contains(signal.rawValue) == false {
            refuseUnused(parameter, in: item, because: signal.rawValue)
        }
        return watch
    }

    private func usualDetector(_ signal: DriftWatch.Signal) -> Declared.DetectorWord {
        switch signal {
        case .prediction, .feature: .distribution(.kolmogorovSmirnov)
        case .features: .joint
        case .loss, .error, .metric, .quality, .labelDelay: .evidence
        }
    }

    /// The names under `features`, each a declared one; all of them where none is given.
    private mutating func watched(_ declared: [String], noun: String = "feature", in item: Item) -> [String] {
        // All features are those that are declared: what is wrong with their names is said there.
        if item.section[Declared.watchedFeatures.declaration.lastName] == nil { return declared }
        let watched = value(Declared.watchedFeatures, in: item, fallback: declared) ?? declared
        refuseUnknown(watched, among: declared, key: "features", noun: noun, in: item)
        return watched
    }

    /// The numbers and vectors that are held together.
    private mutating func columns(_ features: [FeatureDeclaration], in item: Item) -> [String] {
        let names = features.filter(\.hasColumns).map(\.name)
        if names.isEmpty {
            contradict(
                "watch", in: item, "`features` holds numbers together, and none is declared",
                allowed: "where a feature is a number or a vector", advice: "declare one, or remove this entry")
        }
        return watched(names, noun: "number or vector", in: item)
    }

    private mutating func metrics(_ target: Target, in item: Item) -> [String] {
        let names = target.metricNames
        let watched = value(Declared.watchedMetrics, in: item, fallback: Array(names.prefix(1))) ?? []
        refuseUnknown(watched, among: names, key: "metrics", noun: "metric of this target", in: item)
        return watched
    }

    private mutating func refuseUnknown(
        _ names: [String], among declared: [String], key: String, noun: String, in item: Item
    ) {
        for (index, name) in names.enumerated() {
            if !declared.contains(name) {
                let near = NearestName.to(name, among: declared)
                contradict(
                    key, in: item, "found `\(name)`, which is no declared \(noun)",
                    allowed: declared.map { "`\($0)`" }.joined(separator: ", "),
                    advice: near.map { "did you mean `\($0)`?" } ?? "declare it under `\(key)`")
            } else if names[..<index].contains(name) {
                contradict(
                    key, in: item, "names `\(name)` twice", allowed: "each \(noun) once", advice: "remove one of them")
            }
        }
    }
}

extension FeatureDeclaration {
    /// Whether its values have a distribution that can be held against another one.
    package var isWatchable: Bool {
        switch kind {
        case .number, .category(.oneHot): true
        case .category, .vector, .sequence, .timestamp, .text: false
        }
    }
}

extension Target {
    package var hasManyClasses: Bool { if case .multiclass = self { true } else { false } }

    /// The windowed metrics that can be watched, the most usual one first.
    package var metricNames: [String] {
        switch self {
        case .binary: ["accuracy", "log_loss", "auc", "f1_macro", "kappa", "kappa_temporal", "mcc"]
        case .multiclass: ["accuracy", "log_loss", "f1_macro", "kappa", "kappa_temporal", "mcc"]
        case .regression: ["mae", "rmse", "r2"]
        case .unlabelled: ["auc"]
        }
    }
}
