public import Records

/// Count, missing, mean and deviation of each feature over a window of records.
///
/// - Shape: rows of `featureCount` Float32, NaN = missing. Unit: each feature's own. Cost: O(d) a row; memory is made
///   at init, and nothing is allocated after.
/// - Source: sums about each feature's first value in the window, as in `ScalarWindow`.
public struct FeatureWindow: ~Copyable, Checkpointable {
    public let featureCount: Int
    /// The rows of the window.
    public private(set) var records: UInt64 = 0
    /// Four sums a feature, one after the other: [present | origin | sum | squares], each of `featureCount`.
    private let sums: UnsafeMutableBufferPointer<Double>

    public init(featureCount: Int) {
        precondition(featureCount >= 0)
        self.featureCount = featureCount
        sums = .allocate(capacity: 4 * featureCount)
        sums.initialize(repeating: 0)
    }

    deinit { sums.deallocate() }

    /// Adds one row; a value that isn't finite counts as missing.
    /// - Parameter row: exactly `featureCount` values.
    public mutating func add(_ row: UnsafeBufferPointer<Float>) {
        precondition(row.count == featureCount)
        records += 1
        guard let present = sums.baseAddress else { return }
        let origin = present + featureCount
        let sum = origin + featureCount
        let squares = sum + featureCount
        for feature in 0..<featureCount {
            let value = Double(row[feature])
            guard value.isFinite else { continue }
            if present[feature] == 0 { origin[feature] = value }
            let distance = value - origin[feature]
            present[feature] += 1
            sum[feature] += distance
            squares[feature] += distance * distance
        }
    }

    public mutating func reset() {
        records = 0
        sums.update(repeating: 0)
    }

    /// The rows in which the feature was missing.
    public func missing(_ feature: Int) -> UInt64 { records - UInt64(sums[feature]) }

    /// The share of rows in which the feature was missing; nil while the window is empty.
    public func missingRate(_ feature: Int) -> Double? {
        records == 0 ? nil : Double(missing(feature)) / Double(records)
    }

    /// Nil where no row had the feature.
    public func mean(_ feature: Int) -> Double? {
        let present = sums[feature]
        return present == 0 ? nil : sums[featureCount + feature] + sums[2 * featureCount + feature] / present
    }

    /// The population's standard deviation; nil where no row had the feature.
    public func deviation(_ feature: Int) -> Double? {
        let present = sums[feature]
        guard present > 0 else { return nil }
        let meanDistance = sums[2 * featureCount + feature] / present
        return max(0, sums[3 * featureCount + feature] / present - meanDistance * meanDistance).squareRoot()
    }

    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/records", counters: [records])
        archive.put("\(prefix)/sums", doubles: UnsafeBufferPointer(sums), shape: [4, featureCount])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters("\(prefix)/records", count: 1)
        let restored = try archive.doubles("\(prefix)/sums", count: 4 * featureCount)
        guard restored.prefix(featureCount).allSatisfy({ $0 >= 0 && $0 <= Double(counters[0]) }) else {
            throw .impossible(name: "\(prefix)/sums", reason: "a feature was present in more rows than there were")
        }
        records = counters[0]
        _ = sums.update(fromContentsOf: restored)
    }
}
