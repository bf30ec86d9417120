internal import Records

extension SettingsReader {
    /// The declared features, with nothing that can't be: no names or paths alike, nothing that doesn't fit a kind.
    mutating func features() -> [DeclaredFeature] {
        let items = items("features") { section, index in section["name"]?.node.scalar?.text ?? String(index) }
        if items.isEmpty {
            contradict(
                "features", "has no feature", allowed: "one or more",
                advice: "add `features:` with items like `- {name: nswprice}`")
        }
        var features: [DeclaredFeature] = []
        for item in items {
            let name = value(Declared.featureName, in: item)
            let usual = name.map { FeatureDeclaration(name: $0).path }
            let path = value(Declared.featurePath, in: item, fallback: usual)
            let feature = feature(item)
            guard let name, let path, var feature else { continue }
            if let twin = features.first(where: { $0.declaration.name == name }) {
                contradict(
                    "name", in: item, "`\(twin.declaration.name)` is declared before", allowed: "names that differ",
                    advice: "give one of them another name")
            } else if let twin = features.first(where: { $0.declaration.path == path }) {
                contradict(
                    "path", in: item, "`\(path)` is the path of `\(twin.declaration.name)` too",
                    allowed: "paths that differ", advice: "remove one of the features, or correct its path")
            }
            feature.declaration.name = name
            feature.declaration.path = path
            features.append(feature)
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
        case .none:
            refuseUnused(Declared.classes.declaration, because: kind.rawValue)
            refuseUnused(Declared.targetScale.declaration, because: kind.rawValue)
            return (.unlabelled, .none)
        case .binary, .multiclass:
            refuseUnused(Declared.targetScale.declaration, because: kind.rawValue)
            return classes(kind).map { (kind == .binary ? .binary(classes: $0) : .multiclass(classes: $0), .none) }
        }
    }

    private mutating func classes(_ kind: Declared.TargetKind) -> [ClassName]? {
        guard root.entry(at: ["target", "classes"]) != nil else {
            contradict(
                "target.classes", "isn't given", allowed: Declared.classes.form.allowed,
                advice: "add `classes: \(Declared.classes.form.example)`, the positive class last")
            return nil
        }
        guard let classes = value(Declared.classes) else { return nil }
        if kind == .binary, classes.count > 2 {
            contradict(
                "target.classes", "found a list of \(classes.count)", allowed: Declared.classes.form.allowed,
                advice: "write `target: {kind: multiclass, …}`, or leave two")
            return nil
        }
        return classes
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
        let labels = value(Declared.labelsTopic)
        if let labels, let twin = names.firstIndex(of: labels) {
            contradict(
                Declared.labelsTopic.key, "`\(labels)` is the topic of `\(settings[twin].key)` too",
                allowed: "topics that differ", advice: "give one of them another name")
        }
        return TopicNames(
            features: names[0], labels: labels, predictions: names[1], drift: names[2], deadLetters: names[3],
            journal: names[4], snapshots: names[5], mix: names[6])
    }
}
