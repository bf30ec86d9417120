public import Records

/// Normalizes rows of features with what was known before each of them.
///
/// `transform` changes nothing; `update` takes the row in afterwards, so a record is never scaled with itself.
/// - Shape: rows of one Float a declared feature, NaN where it is missing. Unit: out, the scaling's; in, the feature's own.
/// - Cost: O(features) a row, allocates nothing after `init`.
public struct FeatureScaler: ~Copyable, Checkpointable {
    private let plans: Storage<FeaturePlan>
    /// By blocks of four features: true where all of them are standard and take the mean for what is missing, which is
    /// the usual case and goes four at a time.
    private let standardBlocks: Storage<Bool>
    private let table: StatisticsTable
    private let quantiles: QuantileTable
    let fading: Double

    /// - Parameter features: one a column; their kinds don't matter here.
    /// - Parameter fading: the newest value's share under the exponential scaling, between 0 and 1.
    public init(features: [FeatureDeclaration], fading: Double = ExponentialScaling.defaultFading) {
        plans = Storage(repeating: FeaturePlan(FeatureDeclaration(name: ""), sketch: -1), count: features.count)
        standardBlocks = Storage(repeating: true, count: features.count / StandardBlock.width)
        table = StatisticsTable(features: features.count)
        quantiles = QuantileTable(count: features.count { $0.scaling == .robust })
        self.fading = fading
        var sketches = 0
        for (index, feature) in features.enumerated() {
            let isRobust = feature.scaling == .robust
            plans[index] = FeaturePlan(feature, sketch: isRobust ? sketches : -1)
            if isRobust { sketches += 1 }
            let block = index / StandardBlock.width
            if block < standardBlocks.count && !plans[index].isUsual { standardBlocks[block] = false }
        }
    }

    public var featureCount: Int { plans.count }

    /// What is known of one feature now.
    public func statistics(of feature: Int) -> FeatureStatistics { table[feature] }

    func scaling(of feature: Int) -> ScalingKind { plans[feature].scaling }

    /// Goes on from other statistics of one feature.
    mutating func replaceStatistics(of feature: Int, with statistics: FeatureStatistics) {
        table.replace(feature, with: statistics)
    }

    /// Scales one row with the statistics as they are, clipped to ±10,000.
    ///
    /// A missing value (NaN) stands for the mean so far, or for a raw value, as its feature declares. `row` and `output` have
    /// one element a feature, and may be the same memory.
    public func transform(_ row: UnsafeBufferPointer<Float>, into output: UnsafeMutableBufferPointer<Float>) {
        precondition(row.count == plans.count && output.count == plans.count, "a row has one value a feature")
        guard let row = row.baseAddress, let output = output.baseAddress else { return }
        for block in 0..<standardBlocks.count {
            let first = block * StandardBlock.width
            if standardBlocks[block] {
                StandardBlock.transform(row + first, into: output + first, table, first)
            } else {
                for index in first..<first + StandardBlock.width { output[index] = scaled(row[index], index) }
            }
        }
        for index in standardBlocks.count * StandardBlock.width..<plans.count {
            output[index] = scaled(row[index], index)
        }
    }

    /// Takes one row into the statistics. Values that are missing or not finite are left out.
    public mutating func update(_ row: UnsafeBufferPointer<Float>) {
        precondition(row.count == plans.count, "a row has one value a feature")
        guard let row = row.baseAddress else { return }
        for block in 0..<standardBlocks.count {
            let first = block * StandardBlock.width
            if standardBlocks[block] {
                StandardBlock.update(table, first, with: row + first)
            } else {
                for index in first..<first + StandardBlock.width { take(row[index], index) }
            }
        }
        for index in standardBlocks.count * StandardBlock.width..<plans.count { take(row[index], index) }
    }

    @inline(__always)
    private func scaled(_ raw: Float, _ index: Int) -> Float {
        let known = table[index]
        let filling = plans[index].filling
        let missing = filling.isNaN ? known.mean : filling
        return Float(plans[index].scaling.scale(raw.isNaN ? missing : Double(raw), known))
    }

    @inline(__always)
    private func take(_ raw: Float, _ index: Int) {
        guard raw.isFinite else { return }
        if plans[index].sketch >= 0 {
            table[index] = quantiles.add(Double(raw), to: plans[index].sketch)
            return
        }
        var known = table[index]
        plans[index].scaling.update(&known, with: Double(raw), fading: fading)
        table[index] = known
    }

    public func save(to archive: inout StateArchive, under prefix: String) {
        table.save(to: &archive, under: prefix)
        quantiles.save(to: &archive, under: prefix)
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        try quantiles.restore(from: archive, under: prefix)
        try table.restore(from: archive, under: prefix)
    }
}
