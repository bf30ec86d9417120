public import Records

/// Makes a model's inputs from decoded rows, with what was known before each of them.
///
/// `encode` changes no state; `update` takes the row in afterwards, so a record never tells of itself. A hashed coordinate
/// follows from the feature's name and the value alone: features that appear, vanish or change places move nobody else's.
/// - Shape: rows of `features` in; `shape` out. Unit: in, the feature's own; out, the scaling's, within ±10,000.
/// - Cost: O(dense values + words and categories that are present) a record, whatever the size of the sparse space.
///   Allocates nothing after `init`.
public struct FeatureEncoder: ~Copyable {
    public let configuration: FeatureEncoderConfiguration
    public let shape: InputShape
    /// The statistics of all numbers and of all vectors' values, in the row's order.
    var columns: FeatureScaler
    var sequence: StepEncoder
    var vocabularies: VocabularyTable
    var selector: ColumnSelector
    /// All that there is to do is to scale.
    private let isPlain: Bool
    private let steps: Storage<EncodingStep>
    private let values: Storage<ValueColumn>
    private let interactions: Storage<InteractionStep>
    private let dense: Storage<Float>
    /// The fixed columns of a record with a sequence, before they stand behind every step.
    private let fixed: Storage<Float>
    private var sparse: SparseBuffer
    private var stamp: UInt64 = 0

    public init(_ configuration: FeatureEncoderConfiguration) {
        let layout = InputLayout(configuration)
        let plan = EncodingPlan(configuration, layout)
        let row = RowLayout(configuration.features)
        self.configuration = configuration
        shape = layout.shape
        columns = FeatureScaler(features: configuration.columnFeatures, fading: configuration.fading)
        sequence = StepEncoder(configuration, layout)
        vocabularies = VocabularyTable(plan.vocabularies)
        selector = ColumnSelector(
            layout.hasSteps ? nil : configuration.selection, columns: layout.fixed, raw: row.columns,
            target: configuration.target)
        isPlain =
            plan.steps.isEmpty && plan.interactions.isEmpty && !layout.hasSteps && configuration.selection == nil
        steps = Storage(plan.steps, or: EncodingStep(.indicator, feature: 0, code: 0))
        values = Storage(plan.values, or: ValueColumn(hash: 0, column: 0))
        let part = InteractionStep.Part(feature: 0, place: 0, isNumber: false)
        interactions = Storage(plan.interactions, or: InteractionStep(first: part, second: part, seed: 0, mask: 0))
        dense = Storage(repeating: 0, count: layout.shape.dense * layout.shape.steps)
        fixed = Storage(repeating: 0, count: layout.hasSteps ? layout.fixed : 0)
        sparse = SparseBuffer(capacity: layout.mostSparse)
    }

    /// What is known now of one of the scaled columns: of the numbers, then of the values of vectors.
    public func statistics(of column: Int) -> FeatureStatistics { columns.statistics(of: column) }

    /// Whether the record's key makes a difference.
    public var asksKey: Bool { sequence.history != nil && configuration.history?.category == nil }

    /// One record as a model sees it, in the encoder's own memory: valid until the next call.
    /// - Parameter key: the hash of the record's key, where `asksKey`; 0 where it has none.
    @inline(__always)
    public mutating func encode(_ row: borrowing FeatureRow, key: UInt64 = 0) -> InputVector {
        stamp &+= 1
        guard isPlain else { return encodeAll(row, key: key) }
        columns.transform(row.columns, into: dense.values)
        return InputVector(dense: UnsafeBufferPointer(dense.values), stamp: stamp)
    }

    /// Takes one record in, labelled or not, after a model has seen it.
    /// - Parameters:
    ///   - key: as for `encode`.
    ///   - label: for a selection by the label; `absent` where it isn't to be learned.
    @inline(__always)
    public mutating func update(_ row: borrowing FeatureRow, key: UInt64 = 0, label: Label = .absent) {
        if !isPlain { updateAll(row, key, label) }
        columns.update(row.columns)
    }

    private mutating func encodeAll(_ row: borrowing FeatureRow, key: UInt64, masked: Bool = true) -> InputVector {
        sparse.clear()
        let own = sequence.isActive ? fixed.base : dense.base
        let scaled = UnsafeMutableBufferPointer(start: own, count: columns.featureCount)
        columns.transform(row.columns, into: scaled)
        for index in 0..<steps.count { run(steps[index], row, own) }
        for index in 0..<interactions.count { run(interactions[index], row, own) }
        let stepCount = sequence.isActive ? sequence.encode(row, key: key, fixed: own, into: dense.base) : 1
        if masked { selector.mask(own) }
        return InputVector(
            dense: UnsafeBufferPointer(start: dense.base, count: stepCount * shape.dense), sparse: sparse.all,
            steps: stepCount, stamp: stamp)
    }

    @inline(__always)
    private mutating func run(_ step: EncodingStep, _ row: borrowing FeatureRow, _ own: UnsafeMutablePointer<Float>) {
        let count = Int(row.counts[step.feature])
        switch step.kind {
        case .timestamp:
            if count > 0 {
                CalendarPhases.write(Int64(bitPattern: row.codes[step.code]), to: own + step.column)
            } else {
                (own + step.column).update(repeating: 0, count: CalendarPhases.count)
            }
        case .declaredValues:
            (own + step.column).update(repeating: 0, count: step.count)
            guard count > 0, let column = column(of: row.codes[step.code], step) else { return }
            own[step.column + column] = 1
        case .vocabulary:
            (own + step.column).update(repeating: 0, count: vocabularies.columns(in: step.first))
            if count > 0 {
                own[step.column + vocabularies.column(of: row.codes[step.code], in: step.first)] = 1
            }
        case .hashed:
            if count > 0 { sparse.add(ValueHash.combined(step.seed, row.codes[step.code]), mask: step.mask) }
        case .words:
            for word in 0..<count {
                sparse.add(ValueHash.combined(step.seed, row.codes[step.code + word]), mask: step.mask)
            }
        case .indicator: own[step.column] = count == 0 ? 1 : 0
        }
    }

    /// The declared value with this hash, by halving.
    private func column(of hash: UInt64, _ step: EncodingStep) -> Int? {
        var low = step.first
        var high = step.first + step.count
        while low < high {
            let middle = (low + high) / 2
            if values[middle].hash < hash { low = middle + 1 } else { high = middle }
        }
        guard low < step.first + step.count, values[low].hash == hash else { return nil }
        return values[low].column
    }

    private mutating func run(_ step: InteractionStep, _ row: borrowing FeatureRow, _ own: UnsafeMutablePointer<Float>)
    {
        guard row.counts[step.first.feature] > 0, row.counts[step.second.feature] > 0 else { return }
        var hash = step.seed
        var value: Float = 1
        if step.first.isNumber {
            value *= own[step.first.place]
        } else {
            hash = ValueHash.combined(hash, row.codes[step.first.place])
        }
        if step.second.isNumber {
            value *= own[step.second.place]
        } else {
            hash = ValueHash.combined(hash, row.codes[step.second.place])
        }
        sparse.add(hash, mask: step.mask, value: min(max(value, -Self.largest), Self.largest))
    }

    private static var largest: Float { Float(ScalingKind.largestScaled) }

    private mutating func updateAll(_ row: borrowing FeatureRow, _ key: UInt64, _ label: Label) {
        if selector.isActive {
            // As it was before this record, which `encode` may not have been called for.
            _ = encodeAll(row, key: key, masked: false)
            selector.update(raw: row.columns, encoded: dense.base, label)
        }
        for index in 0..<steps.count where steps[index].kind == .vocabulary {
            let step = steps[index]
            vocabularies.update(row.counts[step.feature] > 0 ? row.codes[step.code] : 0, in: step.first)
        }
        if sequence.isActive { sequence.update(row, key: key) }
    }
}
