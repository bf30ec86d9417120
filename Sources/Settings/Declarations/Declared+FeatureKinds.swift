internal import OnlineLearning
internal import Records

/// What a feature has beyond a number's settings, and what is made of several features.
extension Declared {
    enum FeatureWord: String, CaseIterable, Sendable {
        case number, category, vector, sequence, timestamp, text
    }

    enum EncodingWord: String, CaseIterable, Sendable {
        case oneHot = "one-hot"
        case hash
    }

    enum SelectionWord: String, CaseIterable, Sendable {
        case none, variance, correlation
        case mutualInformation = "mutual-information"
    }

    private static func beside(_ words: FeatureWord...) -> SettingDeclaration.Applicability {
        .init(key: "kind", words: words.map(\.rawValue))
    }

    static let featureEncode: Setting<EncodingWord> = Setting(
        "features[].encode", .choice(), otherwise: "`one-hot` with `values` or `vocabulary`, else `hash`",
        appliesTo: beside(.category),
        "How a category becomes numbers: a column for each value, declared or learned, or one of 2^bits sparse coordinates."
    )
    static let featureValues = Setting(
        "features[].values", .values, otherwise: "learned from the stream",
        appliesTo: .init(key: "encode", words: [EncodingWord.oneHot.rawValue]),
        "The values that have a column; any other value is 0 in all of them. `NO` is text, `1` a number, `\"1\"` text, `true` a boolean."
    )
    static let vocabularyCap = vocabulary(
        "cap", .whole(1...4096, unit: "values", example: 64), default: VocabularyLimits().cap,
        "The most values that have a column; all others share one.")
    static let vocabularyMinimum = vocabulary(
        "minimum", .whole(1...1_000_000, unit: "records", example: 2), default: VocabularyLimits().minimum,
        "How often a value must have come before it gets a column.")
    static let vocabularyExpiry = vocabulary(
        "expiry", .records(0...1_000_000_000, example: 100_000), default: VocabularyLimits().expiry,
        "Records after which a value that didn't come loses its column; 0 for never.")
    static let featureBits = Setting(
        "features[].bits", .whole(1...28, unit: "bits", example: 18), default: FeatureInteraction.usualBits,
        appliesTo: .init(key: "encode", words: [EncodingWord.hash.rawValue, FeatureWord.text.rawValue]),
        "The feature is hashed into 2^bits coordinates. Cost follows what a record has, not this; memory follows the largest."
    )
    static let featureLength = Setting(
        "features[].length", .whole(1...65_536, unit: "values", example: 64),
        otherwise: "what `shape` or `columns` come to, else required", appliesTo: beside(.vector, .sequence),
        "How many numbers a vector, or each step of a sequence, has.")
    static let featureShape = Setting(
        "features[].shape", .shape, otherwise: "no picture", appliesTo: beside(.vector),
        "Channels, height and width of a picture, in this order; their product is `length`.")
    static let featureColumns = Setting(
        "features[].columns", .columns, otherwise: "the record has it as an array", appliesTo: beside(.vector),
        "The columns of a CSV file that `evaluate` and `produce` make the vector of.")
    static let featureSteps = Setting(
        "features[].steps", .whole(1...4096, unit: "steps", example: 16), otherwise: "required",
        appliesTo: beside(.sequence), "The most steps of a sequence; of more the newest ones count.")
    static let featureConstant = Setting(
        "features[].constant", .number("-1e15 to 1e15", example: 0) { abs($0) <= 1e15 }, otherwise: "required",
        appliesTo: .init(key: "missing", words: [MissingPolicy.constant.rawValue]),
        "What stands for a missing value, in the feature's own unit.")

    static let interactions = Setting(
        "interactions", .pairs, default: [],
        "Pairs of features, numbers or categories, whose products become sparse coordinates by hashing.")
    static let selectionKind: Setting<SelectionWord> = Setting(
        "selection.kind", .choice(), default: .none,
        "Which dense columns the model sees, chosen anew as records come; the others are 0. By their variance before scaling, or the best by correlation with the label or by mutual information."
    )
    static let selectionThreshold = Setting(
        "selection.threshold", .notNegative(example: 0), default: 0,
        appliesTo: .init(key: selectionKind.key, words: [SelectionWord.variance.rawValue]),
        "Columns whose variance isn't above it are left out.")
    static let selectionKeep = Setting(
        "selection.keep", .whole(1...1_000_000, unit: "columns", example: 10),
        default: FeatureSelection(.variance).keep,
        appliesTo: .init(
            key: selectionKind.key,
            words: [SelectionWord.correlation.rawValue, SelectionWord.mutualInformation.rawValue]),
        "How many columns are kept.")
    static let selectionEvery = Setting(
        "selection.every", .records(1...1_000_000, example: 500), default: FeatureSelection(.variance).every,
        appliesTo: .init(
            key: selectionKind.key, words: SelectionWord.allCases.filter { $0 != .none }.map(\.rawValue)),
        "Records between two choices, labelled ones where the label is asked; before the first one all columns are kept."
    )

    static let featureKinds =
        [featureEncode.declaration, featureValues.declaration]
        + [vocabularyCap, vocabularyMinimum, vocabularyExpiry].map(\.declaration)
        + [featureBits.declaration, featureLength.declaration, featureShape.declaration, featureColumns.declaration]
        + [featureSteps.declaration, featureConstant.declaration]
    static let featureSets =
        [interactions.declaration, selectionKind.declaration, selectionThreshold.declaration]
        + [selectionKeep.declaration, selectionEvery.declaration]

    private static func vocabulary(
        _ name: String, _ form: ValueForm<Int>, default standard: Int, _ summary: String
    ) -> Setting<Int> {
        Setting(
            "features[].vocabulary.\(name)", form, default: standard,
            appliesTo: .init(key: "encode", words: [EncodingWord.oneHot.rawValue]), summary)
    }
}
