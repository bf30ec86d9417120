internal import Records

extension SettingsReader {
    /// The declared features, with nothing that can't be: no names or paths alike, no kind that isn't built.
    mutating func features() -> [FeatureDeclaration] {
        let items = items("features") { section, index in section["name"]?.node.scalar?.text ?? String(index) }
        if items.isEmpty {
            contradict(
                "features", "has no feature", allowed: "one or more",
                advice: "add `features:` with items like `- {name: nswprice}`")
        }
        var features: [FeatureDeclaration] = []
        for item in items {
            let name = value(Declared.featureName, in: item)
            let usual = name.map { FeatureDeclaration(name: $0).path }
            let path = value(Declared.featurePath, in: item, fallback: usual)
            _ = value(Declared.featureKind, in: item)
            let scaling = value(Declared.featureScale, in: item)
            let missing = value(Declared.featureMissing, in: item)
            guard let name, let path, let scaling, let missing else { continue }
            if let twin = features.first(where: { $0.name == name }) {
                contradict(
                    "name", in: item, "`\(twin.name)` is declared before", allowed: "names that differ",
                    advice: "give one of them another name")
            } else if let twin = features.first(where: { $0.path == path }) {
                contradict(
                    "path", in: item, "`\(path)` is the path of `\(twin.name)` too", allowed: "paths that differ",
                    advice: "remove one of the features, or correct its path")
            }
            features.append(FeatureDeclaration(name: name, path: path, scaling: scaling, missing: missing))
        }
        return features
    }

    /// What is predicted; nil, with the errors collected, where it isn't said rightly.
    mutating func target() -> (target: Target, scaling: ScalingKind)? {
        guard let kind = value(Declared.targetKind) else { return nil }
        switch kind {
        case .regression:
            refuseUnused(Declared.classes.declaration, because: kind.rawValue)
            return (.regression, value(Declared.targetScale) ?? .standard)
        case .binary:
            refuseUnused(Declared.targetScale.declaration, because: kind.rawValue)
            guard root.entry(at: ["target", "classes"]) != nil else {
                contradict(
                    "target.classes", "isn't given", allowed: Declared.classes.form.allowed,
                    advice: "add `classes: \(Declared.classes.form.example)`, the positive class last")
                return nil
            }
            return value(Declared.classes).map { (.binary(classes: $0), .none) }
        }
    }

    /// Topics, none of them like another.
    mutating func topics(pipeline: String) -> TopicNames {
        let settings = [
            Declared.featuresTopic, Declared.predictionsTopic, Declared.driftTopic, Declared.deadLettersTopic,
            Declared.journalTopic, Declared.snapshotsTopic, Declared.mixTopic,
        ]
        var names: [String] = []
        for setting in settings {
            let usual = "\(pipeline).\(setting.declaration.lastName)"
            let name = value(setting, fallback: usual) ?? usual
            if let twin = names.firstIndex(of: name) {
                contradict(
                    setting.key, "`\(name)` is the topic of `\(settings[twin].key)` too", allowed: "topics that differ",
                    advice: "give one of them another name")
            }
            names.append(name)
        }
        return TopicNames(
            features: names[0], labels: nil, predictions: names[1], drift: names[2], deadLetters: names[3],
            journal: names[4], snapshots: names[5], mix: names[6])
    }
}
