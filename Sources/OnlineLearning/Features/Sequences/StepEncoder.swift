internal import Records

/// Makes the steps of a sequence: each has its own values first, scaled, and the record's fixed columns behind them.
///
/// The values come from a feature that is a sequence, or from a key's last records.
/// - Cost: O(steps × columns) a record, allocates nothing after `init`.
struct StepEncoder: ~Copyable {
    let isActive: Bool
    /// What a step's values are declared as, one by one.
    private let declarations: [FeatureDeclaration]
    /// The statistics of a step's values.
    private(set) var columns: FeatureScaler
    var history: KeyHistory?
    /// The sequence among the features; -1 where there is a history instead.
    private let feature: Int
    private let place: RowLayout.Place
    /// Where the history's numbers stand among the row's, and where its key is among the codes; -1 for the record's own key.
    private let sources: Storage<Int>
    private let keyFeature: Int
    private let keyCode: Int
    /// The fixed columns that stand behind every step.
    private let kept: Storage<Int>
    private let raw: Storage<Float>
    private let width: Int
    private let stride: Int

    init(_ configuration: FeatureEncoderConfiguration, _ layout: InputLayout) {
        let features = configuration.features
        let row = RowLayout(features)
        let indexes = (configuration.history?.features ?? []).compactMap { name in
            features.firstIndex { $0.name == name && $0.kind == .number }
        }
        let usesHistory = configuration.history != nil
        let own = usesHistory ? nil : layout.sequence
        isActive = usesHistory || own != nil
        feature = own ?? -1
        place = own.map { row.places[$0] } ?? RowLayout.Place(first: 0, length: indexes.count, steps: 0)
        let width = isActive ? place.length : 0
        self.width = width
        stride = layout.shape.dense
        let declarations =
            usesHistory
            ? indexes.map { features[$0] } : own.map { Array(repeating: features[$0], count: width) } ?? []
        self.declarations = declarations
        columns = FeatureScaler(features: declarations, fading: configuration.fading)
        history = configuration.history.map { KeyHistory(keys: $0.keys, steps: $0.steps - 1, width: indexes.count) }
        sources = Storage(indexes.map { row.places[$0].first }, or: 0)
        let key = configuration.history?.category.flatMap { name in features.firstIndex { $0.name == name } }
        keyFeature = key ?? -1
        keyCode = key.map { row.places[$0].first } ?? -1
        kept = Storage(layout.kept, or: 0)
        let most = usesHistory ? configuration.history?.steps ?? 1 : 1
        raw = Storage(repeating: .nan, count: max(most, 1) * max(width, 1))
    }

    /// - Parameters:
    ///   - key: the hash of the record's key; 0 where it has none.
    ///   - fixed: the record's own columns.
    ///   - target: `[steps, columns]`.
    /// - Returns: the steps; a sequence that is missing is one step of which nothing is known.
    func encode(
        _ row: borrowing FeatureRow, key: UInt64, fixed: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>
    ) -> Int {
        var values = UnsafePointer(raw.base)
        var count = 1
        if feature >= 0 {
            let present = Int(row.counts[feature])
            if present > 0, let numbers = row.numbers.baseAddress {
                values = UnsafePointer(numbers + place.first)
                count = present
            }
        } else {
            let past = history?.recall(keyHash(row, key), into: raw.base) ?? 0
            gather(row, into: raw.base + past * width)
            count = past + 1
        }
        for step in 0..<count {
            let from = UnsafeBufferPointer(start: values + step * width, count: width)
            let to = target + step * stride
            columns.transform(from, into: UnsafeMutableBufferPointer(start: to, count: width))
            for index in 0..<kept.count { to[width + index] = fixed[kept[index]] }
        }
        return count
    }

    /// Takes the record in after a model has seen it: each value once.
    mutating func update(_ row: borrowing FeatureRow, key: UInt64) {
        if feature < 0 {
            gather(row, into: raw.base)
            columns.update(UnsafeBufferPointer(start: raw.base, count: width))
            let hash = keyHash(row, key)
            history?.remember(hash, raw.base)
            return
        }
        for step in 0..<Int(row.counts[feature]) {
            let first = place.first + step * width
            columns.update(UnsafeBufferPointer(rebasing: row.numbers[first..<first + width]))
        }
    }

    /// Forgets the statistics that a step's values are scaled with; a key's last records stay.
    mutating func resetScaling() { columns = FeatureScaler(features: declarations, fading: columns.fading) }

    private func gather(_ row: borrowing FeatureRow, into target: UnsafeMutablePointer<Float>) {
        for index in 0..<sources.count { target[index] = row.numbers[sources[index]] }
    }

    private func keyHash(_ row: borrowing FeatureRow, _ key: UInt64) -> UInt64 {
        guard keyFeature >= 0 else { return key }
        return row.counts[keyFeature] > 0 ? row.codes[keyCode] : 0
    }
}

extension StepEncoder: Checkpointable {
    func save(to archive: inout StateArchive, under prefix: String) {
        if columns.featureCount > 0 { columns.save(to: &archive, under: prefix + "/steps") }
        history?.save(to: &archive, under: prefix + "/history")
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        if columns.featureCount > 0 { try columns.restore(from: archive, under: prefix + "/steps") }
        try history?.restore(from: archive, under: prefix + "/history")
    }
}
