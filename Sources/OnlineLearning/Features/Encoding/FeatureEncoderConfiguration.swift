public import Records

/// All that the encoder is made from.
public struct FeatureEncoderConfiguration: Sendable, Equatable {
    public var features: [FeatureDeclaration]
    /// The newest value's share under the exponential scaling, between 0 and 1.
    public var fading: Double
    public var interactions: [FeatureInteraction]
    /// Nil: every column is kept.
    public var selection: FeatureSelection?
    /// What a selection by the label has to know of it.
    public var target: Target
    /// Nil: no sequence is made of earlier records.
    public var history: HistoryConfiguration?

    public init(
        features: [FeatureDeclaration], fading: Double = ExponentialScaling.defaultFading,
        interactions: [FeatureInteraction] = [], selection: FeatureSelection? = nil, target: Target = .unlabelled,
        history: HistoryConfiguration? = nil
    ) {
        self.features = features
        self.fading = fading
        self.interactions = interactions
        self.selection = selection
        self.target = target
        self.history = history
    }

    /// The declarations of the scaled columns, in the row's order: the numbers, then the values of the vectors.
    var columnFeatures: [FeatureDeclaration] {
        features.filter { $0.kind == .number }
            + features.flatMap { feature -> [FeatureDeclaration] in
                guard case .vector(let length, _) = feature.kind else { return [] }
                return Array(repeating: feature, count: length)
            }
    }

    /// What the encoder's vectors look like.
    public var shape: InputShape { InputLayout(self).shape }
}

/// A feature that is the product of two, a number or a category each, in the hashed space.
public struct FeatureInteraction: Sendable, Hashable {
    public var first: String
    public var second: String

    /// The order makes no difference.
    public init(_ one: String, _ other: String) {
        first = min(one, other)
        second = max(one, other)
    }

    /// Bits of the hashed space where no feature declares any.
    public static let usualBits = 18

    /// What tells this one's coordinates from all others.
    var seed: UInt64 { ValueHash.combined(ValueHash.text(first), ValueHash.text(second)) }
}
