public import Records

/// Normalizes rows of features with what was known before each of them.
///
/// `transform` changes nothing; `update` takes the row in afterwards, so a record is never scaled with itself.
/// - Shape: rows of one Float a declared feature, NaN where it is missing. Unit: out, the scaling's; in, the feature's own.
/// - Cost: O(features) a row, allocates nothing after `init`.
public struct FeatureScaler: ~Copyable, Checkpointable {
    struct Plan {
        var scaling: ScalingKind
        var meanForMissing: Bool
    }

    private let plans: Storage<Plan>
    private let statistics: Storage<FeatureStatistics>
    private let fading: Double

    /// - Parameter fading: the newest value's share under the exponential scaling, between 0 and 1.
    public init(features: [FeatureDeclaration], fading: Double = ExponentialScaling.defaultFading) {
        plans = Storage(repeating: Plan(scaling: .none, meanForMissing: true), count: features.count)
        statistics = Storage(repeating: FeatureStatistics(), count: features.count)
        self.fading = fading
        for (index, feature) in features.enumerated() {
            plans[index] = Plan(scaling: feature.scaling, meanForMissing: feature.missing != .zero)
        }
    }

    public var featureCount: Int { plans.count }

    /// What is known of one feature now.
    public func statistics(of feature: Int) -> FeatureStatistics { statistics[feature] }

    /// Scales one row with the statistics as they are, clipped to ±10,000.
    ///
    /// A missing value (NaN) stands for the mean so far, or for a raw 0, as its feature declares. `row` and `output` have
    /// one element a feature, and may be the same memory.
    public func transform(_ row: UnsafeBufferPointer<Float>, into output: UnsafeMutableBufferPointer<Float>) {
        precondition(row.count == plans.count && output.count == plans.count, "a row has one value a feature")
        for index in 0..<plans.count {
            let plan = plans[index]
            let known = statistics[index]
            var value = Double(row[index])
            if value.isNaN { value = plan.meanForMissing ? known.mean : 0 }
            output[index] = Float(plan.scaling.scale(value, known))
        }
    }

    /// Takes one row into the statistics. Values that are missing or not finite are left out.
    public mutating func update(_ row: UnsafeBufferPointer<Float>) {
        precondition(row.count == plans.count, "a row has one value a feature")
        for index in 0..<plans.count where row[index].isFinite {
            plans[index].scaling.update(&statistics.base[index], with: Double(row[index]), fading: fading)
        }
    }

    public func save(to archive: inout StateArchive, under prefix: String) {
        statistics.base.withMemoryRebound(to: Double.self, capacity: plans.count * 4) { numbers in
            archive.put(
                prefix + "/statistics", doubles: UnsafeBufferPointer(start: numbers, count: plans.count * 4),
                shape: [plans.count, 4])
        }
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let name = prefix + "/statistics"
        let numbers = try archive.doubles(name, count: plans.count * 4)
        for index in numbers.indices where !numbers[index].isFinite {
            throw .impossible(name: name, reason: "element \(index) is \(numbers[index])")
        }
        for index in 0..<plans.count {
            statistics.base[index].count = numbers[4 * index]
            statistics.base[index].mean = numbers[4 * index + 1]
            statistics.base[index].spread = numbers[4 * index + 2]
            statistics.base[index].extreme = numbers[4 * index + 3]
        }
    }
}
