internal import OnlineLearning
internal import Records

/// One feature, and the columns of a CSV file that it is made of; none for a feature that is a column itself.
struct DeclaredFeature {
    var declaration: FeatureDeclaration
    var columns: [String] = []
}

extension SettingsReader {
    /// One feature without its name and path; nil, with the errors collected, where it isn't said rightly.
    mutating func feature(_ item: Item) -> DeclaredFeature? {
        guard let word = value(Declared.featureKind, in: item) else { return nil }
        let columns = word == .vector ? value(Declared.featureColumns, in: item) ?? [] : []
        let kind: FeatureKind?
        switch word {
        case .number: kind = .number
        case .timestamp: kind = .timestamp
        case .category: kind = encoding(item).map { .category($0) }
        case .text: kind = value(Declared.featureBits, in: item).map { .text(bits: $0) }
        case .vector: kind = vector(item, columns: columns)
        case .sequence: kind = sequence(item)
        }
        refuseOthers(word, in: item)
        let isScaled = word == .number || word == .vector || word == .sequence
        let scaling = isScaled ? value(Declared.featureScale, in: item) : ScalingKind.none
        if !isScaled { refuseUnused(Declared.featureScale.declaration, in: item, because: word.rawValue) }
        let missing = missing(item, isScaled: isScaled)
        guard let kind, let scaling, let missing else { return nil }
        return DeclaredFeature(
            declaration: FeatureDeclaration(
                name: "", kind: kind, scaling: scaling, missing: missing.policy, constant: missing.constant),
            columns: columns)
    }

    /// What belongs to other kinds of features.
    private mutating func refuseOthers(_ word: Declared.FeatureWord, in item: Item) {
        let owners: [(SettingDeclaration, [Declared.FeatureWord])] = [
            (Declared.featureEncode.declaration, [.category]), (Declared.featureValues.declaration, [.category]),
            (Declared.vocabularyCap.declaration, [.category]), (Declared.vocabularyMinimum.declaration, [.category]),
            (Declared.vocabularyExpiry.declaration, [.category]),
            (Declared.featureBits.declaration, [.category, .text]),
            (Declared.featureLength.declaration, [.vector, .sequence]), (Declared.featureShape.declaration, [.vector]),
            (Declared.featureColumns.declaration, [.vector]), (Declared.featureSteps.declaration, [.sequence]),
        ]
        for (declaration, words) in owners where !words.contains(word) {
            refuse(declaration, in: item, beside: words, not: word)
        }
    }

    private mutating func refuse(
        _ declaration: SettingDeclaration, in item: Item, beside words: [Declared.FeatureWord],
        not word: Declared.FeatureWord
    ) {
        let key = declaration.namesInItem.joined(separator: ".")
        guard item.section.entry(at: declaration.namesInItem) != nil else { return }
        contradict(
            key, in: item, "has no meaning where `kind` is `\(word.rawValue)`",
            allowed: "beside " + words.map { "`\($0.rawValue)`" }.joined(separator: " or ") + " alone",
            advice: "remove it, or change `kind`")
    }

    private mutating func encoding(_ item: Item) -> CategoryEncoding? {
        let hasValues = item.section["values"] != nil
        let isOneHot = hasValues || item.section["vocabulary"] != nil
        guard let encode = value(Declared.featureEncode, in: item, fallback: isOneHot ? .oneHot : .hash) else {
            return nil
        }
        let vocabulary = [Declared.vocabularyCap, Declared.vocabularyMinimum, Declared.vocabularyExpiry]
        if encode == .hash {
            refuseUnused(Declared.featureValues.declaration, in: item, because: encode.rawValue)
            for setting in vocabulary { refuseUnused(setting.declaration, in: item, because: encode.rawValue) }
            return value(Declared.featureBits, in: item).map { .hashed(bits: $0) }
        }
        refuseUnused(Declared.featureBits.declaration, in: item, because: encode.rawValue)
        guard !hasValues else {
            if item.section["vocabulary"] != nil {
                contradict(
                    "vocabulary", in: item, "stands beside `values`", allowed: "one of them",
                    advice: "remove one: values are declared or learned")
            }
            return value(Declared.featureValues, in: item).map { .oneHot(values: $0) }
        }
        let limits = vocabulary.compactMap { value($0, in: item) }
        guard limits.count == 3 else { return nil }
        return .vocabulary(VocabularyLimits(cap: limits[0], minimum: limits[1], expiry: limits[2]))
    }

    private mutating func vector(_ item: Item, columns: [String]) -> FeatureKind? {
        let shape = value(Declared.featureShape, in: item) ?? []
        let ofShape = shape.isEmpty ? nil : shape.reduce(1, *)
        let ofColumns = columns.isEmpty ? nil : columns.count
        guard let length = value(Declared.featureLength, in: item, fallback: ofShape ?? ofColumns) else {
            let isSaid = ["length", "shape", "columns"].contains { item.section[$0] != nil }
            if !isSaid { lacks(Declared.featureLength.declaration, in: item) }
            return nil
        }
        for (key, found) in [("shape", ofShape), ("columns", ofColumns)] {
            guard let found, found != length else { continue }
            contradict(
                key, in: item, "comes to \(found) values", allowed: "\(length) as `length` or `shape` says",
                advice: "correct one of them")
            return nil
        }
        return .vector(length: length, image: shape)
    }

    private mutating func sequence(_ item: Item) -> FeatureKind? {
        for setting in [Declared.featureLength, Declared.featureSteps]
        where item.section[setting.declaration.lastName] == nil {
            lacks(setting.declaration, in: item)
        }
        let width = value(Declared.featureLength, in: item)
        let steps = value(Declared.featureSteps, in: item)
        guard let width, let steps else { return nil }
        guard width * steps <= 1 << 20 else {
            contradict(
                "steps", in: item, "comes to \(width * steps) numbers",
                allowed: "at most \(1 << 20), `length` times `steps`",
                advice: "make one of them smaller")
            return nil
        }
        return .sequence(width: width, steps: steps)
    }

    private mutating func missing(_ item: Item, isScaled: Bool) -> (policy: MissingPolicy, constant: Float)? {
        guard let policy = value(Declared.featureMissing, in: item) else { return nil }
        guard policy == .constant else {
            refuseUnused(Declared.featureConstant.declaration, in: item, because: policy.rawValue)
            return (policy, 0)
        }
        guard isScaled else {
            contradict(
                "missing", in: item, "`constant` is for numbers",
                allowed: "`mean`, `zero`, `indicator`, `reject` for what isn't a number", advice: "choose one of these")
            return nil
        }
        if item.section["constant"] == nil { lacks(Declared.featureConstant.declaration, in: item) }
        return value(Declared.featureConstant, in: item).map { (policy, Float($0)) }
    }

    private mutating func lacks(_ declaration: SettingDeclaration, in item: Item) {
        contradict(
            declaration.lastName, in: item, "isn't given", allowed: declaration.allowed,
            advice: "add `\(declaration.lastName): \(declaration.example)`")
    }
}
