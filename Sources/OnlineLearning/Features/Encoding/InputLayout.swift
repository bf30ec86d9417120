internal import Records

/// Where each feature's columns stand in the vectors that a model sees.
///
/// The fixed columns of a record are its scaled numbers in the row's order, then timestamps, then one-hot columns, then those
/// that say what is missing. With a sequence every step has its own values first and all fixed columns behind them.
struct InputLayout {
    static let timestampColumns = CalendarPhases.count

    /// Of each feature, its first fixed column; -1 where it has none.
    private(set) var columns: [Int]
    /// Of each feature, the column that is 1 where it is missing; -1 where it has none.
    private(set) var indicators: [Int]
    /// How many fixed columns there are.
    private(set) var fixed: Int
    /// The sequence's place among the features.
    private(set) var sequence: Int?
    /// Whether a record is a sequence: one of its features is, or the key's last records are.
    private(set) var hasSteps: Bool
    /// The fixed columns that a model sees, in order: all but those whose values stand in a history's steps.
    private(set) var kept: [Int]
    /// The most sparse values that a record has.
    private(set) var mostSparse: Int
    private(set) var shape: InputShape

    init(_ configuration: FeatureEncoderConfiguration) {
        let features = configuration.features
        let row = RowLayout(features)
        columns = [Int](repeating: -1, count: features.count)
        indicators = columns
        sequence = nil
        mostSparse = configuration.interactions.count
        var next = row.columns
        var bits: [Int] = []
        for (index, feature) in features.enumerated() where feature.name != configuration.history?.category {
            switch feature.kind {
            case .number, .vector: columns[index] = row.places[index].first
            case .sequence: sequence = sequence ?? index
            case .timestamp:
                columns[index] = next
                next += Self.timestampColumns
            case .category(.oneHot(let values)):
                columns[index] = next
                next += values.count
            case .category(.vocabulary(let limits)):
                columns[index] = next
                next += limits.cap + 1
            case .category(.hashed(let width)):
                bits.append(width)
                mostSparse += 1
            case .text(let width):
                bits.append(width)
                mostSparse += row.places[index].length
            }
        }
        for (index, feature) in features.enumerated()
        where feature.missing == .indicator && feature.name != configuration.history?.category {
            indicators[index] = next
            next += 1
        }
        fixed = next
        if bits.isEmpty, !configuration.interactions.isEmpty { bits.append(FeatureInteraction.usualBits) }
        hasSteps = sequence != nil || configuration.history != nil
        let place = sequence.map { row.places[$0] }
        let past = features.indices.filter { index in
            features[index].kind == .number && configuration.history?.features.contains(features[index].name) == true
        }
        let moved = Set(past.map { row.places[$0].first })
        kept = (0..<next).filter { !moved.contains($0) }
        shape = InputShape(
            dense: kept.count + (configuration.history == nil ? place?.length ?? 0 : past.count),
            sparse: bits.max().map { 1 << $0 } ?? 0, steps: configuration.history?.steps ?? place?.steps ?? 1,
            image: hasSteps ? nil : Self.image(features, columns: next))
    }

    /// The picture that the dense values are, where they are one and nothing else.
    private static func image(_ features: [FeatureDeclaration], columns: Int) -> ImageShape? {
        let images = features.compactMap { feature -> [Int]? in
            if case .vector(_, let image) = feature.kind, image.count == 3 { image } else { nil }
        }
        guard images.count == 1 else { return nil }
        let shape = ImageShape(channels: images[0][0], height: images[0][1], width: images[0][2])
        return shape.count == columns ? shape : nil
    }
}
