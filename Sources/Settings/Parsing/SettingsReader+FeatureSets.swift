internal import OnlineLearning
internal import Records

/// What is made of several features together.
extension SettingsReader {
    mutating func interactions(_ features: [FeatureDeclaration]) -> [FeatureInteraction] {
        var interactions: [FeatureInteraction] = []
        let fitting = features.filter { feature in
            switch feature.kind {
            case .number, .category: true
            case .vector, .sequence, .timestamp, .text: false
            }
        }
        for pair in value(Declared.interactions) ?? [] {
            checkNames(pair, Declared.interactions.key, "number or category", fitting)
            let interaction = FeatureInteraction(pair[0], pair[1])
            if pair[0] == pair[1] || interactions.contains(interaction) {
                contradict(
                    Declared.interactions.key, "`\(pair[0])` and `\(pair[1])` are the same or stand there before",
                    allowed: "each pair of two features once", advice: "remove one of them")
            }
            interactions.append(interaction)
        }
        return interactions
    }

    mutating func selection(_ target: Target?, _ features: [FeatureDeclaration]) -> FeatureSelection? {
        guard let word = value(Declared.selectionKind) else { return nil }
        guard let kind = FeatureSelection.Kind(rawValue: word.rawValue) else {
            refuseUnused(Declared.selectionThreshold.declaration, because: word.rawValue)
            refuseUnused(Declared.selectionKeep.declaration, because: word.rawValue)
            refuseUnused(Declared.selectionEvery.declaration, because: word.rawValue)
            return nil
        }
        var selection = FeatureSelection(kind)
        if kind == .variance {
            refuseUnused(Declared.selectionKeep.declaration, because: word.rawValue)
            selection.threshold = value(Declared.selectionThreshold) ?? 0
        } else {
            refuseUnused(Declared.selectionThreshold.declaration, because: word.rawValue)
            selection.keep = value(Declared.selectionKeep) ?? selection.keep
            if target == .unlabelled {
                contradict(
                    Declared.selectionKind.key, "`\(word.rawValue)` asks the label, and the target is `none`",
                    allowed: "`none`, `variance` without a label", advice: "write `kind: variance`")
            }
        }
        selection.every = value(Declared.selectionEvery) ?? selection.every
        let hasSequence = features.contains { if case .sequence = $0.kind { true } else { false } }
        if hasSequence || root["history"] != nil {
            contradict(
                Declared.selectionKind.key, "`\(word.rawValue)` stands beside a sequence",
                allowed: "`none` with a `history` or features of kind `sequence`", advice: "remove one of them")
        }
        return selection
    }

    /// Of all features at most one is a sequence.
    mutating func refuseSecondSequence(_ features: [FeatureDeclaration]) {
        let sequences = features.filter { if case .sequence = $0.kind { true } else { false } }
        guard sequences.count > 1 else { return }
        contradict(
            "features", "`\(sequences[0].name)` and `\(sequences[1].name)` are sequences", allowed: "one sequence",
            advice: "put their values together into the steps of one")
    }

    /// What the models of this version can't take.
    mutating func refuseUnfit(_ encoder: FeatureEncoderConfiguration, isShared: Bool) {
        guard isShared else { return }
        let isPlain = encoder.features.allSatisfy {
            $0.kind == .number && $0.scaling != .robust && $0.missing != .indicator
        }
        guard !isPlain || !encoder.interactions.isEmpty || encoder.selection != nil || encoder.history != nil else {
            return
        }
        contradict(
            Declared.modelScope.key,
            "`shared` is for numbers that aren't scaled by `robust` or filled in by `indicator`",
            allowed: "`partition` for all other features, interactions, a selection and a history",
            advice: "write `scope: partition`")
    }
}
