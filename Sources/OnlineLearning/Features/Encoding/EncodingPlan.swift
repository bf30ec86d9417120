internal import Records

/// The steps of all features, and the tables that they look into.
struct EncodingPlan {
    private(set) var steps: [EncodingStep] = []
    private(set) var values: [ValueColumn] = []
    private(set) var vocabularies: [VocabularyLimits] = []
    private(set) var interactions: [InteractionStep] = []

    init(_ configuration: FeatureEncoderConfiguration, _ layout: InputLayout) {
        let features = configuration.features
        let row = RowLayout(features)
        for (index, feature) in features.enumerated() where feature.name != configuration.history?.category {
            add(feature, index, code: row.places[index].first, column: layout.columns[index])
        }
        for index in features.indices where layout.indicators[index] >= 0 {
            var step = EncodingStep(.indicator, feature: index, code: 0)
            step.column = layout.indicators[index]
            steps.append(step)
        }
        let mask = UInt64(max(layout.shape.sparse, 1) - 1)
        for interaction in configuration.interactions {
            let parts = [interaction.first, interaction.second].compactMap { name in
                features.firstIndex { $0.name == name }.flatMap { Self.part($0, features[$0], row) }
            }
            // Settings name the features; whoever configures by hand gets nothing for what isn't there.
            guard parts.count == 2 else { continue }
            interactions.append(
                InteractionStep(first: parts[0], second: parts[1], seed: interaction.seed, mask: mask))
        }
    }

    private mutating func add(_ feature: FeatureDeclaration, _ index: Int, code: Int, column: Int) {
        var step = EncodingStep(.timestamp, feature: index, code: code)
        step.column = column
        step.seed = ValueHash.text(feature.name)
        switch feature.kind {
        case .number, .vector, .sequence: return
        case .timestamp: break
        case .category(.oneHot(let declared)):
            step.kind = .declaredValues
            step.first = values.count
            step.count = declared.count
            values += declared.enumerated().map { ValueColumn(hash: ValueHash.of($0.element), column: $0.offset) }
                .sorted { ($0.hash, $0.column) < ($1.hash, $1.column) }
        case .category(.vocabulary(let limits)):
            step.kind = .vocabulary
            step.first = vocabularies.count
            vocabularies.append(limits)
        case .category(.hashed(let bits)):
            step.kind = .hashed
            step.mask = 1 << UInt64(bits) - 1
        case .text(let bits):
            step.kind = .words
            step.mask = 1 << UInt64(bits) - 1
        }
        steps.append(step)
    }

    private static func part(_ index: Int, _ feature: FeatureDeclaration, _ row: RowLayout) -> InteractionStep.Part? {
        switch feature.kind {
        case .number: .init(feature: index, place: row.places[index].first, isNumber: true)
        case .category: .init(feature: index, place: row.places[index].first, isNumber: false)
        case .vector, .sequence, .timestamp, .text: nil
        }
    }
}
