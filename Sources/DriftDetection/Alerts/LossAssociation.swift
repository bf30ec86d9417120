public import Records

/// How much the loss goes with each feature: what a feature's shift by one standard deviation does to the loss, if the
/// loss goes on with it as it did.
///
/// It sees straight lines: a feature whose both ends are bad shows nothing.
///
/// - Shape: rows of `featureCount` Float32 (NaN = missing) and a loss each. Unit: the loss's, a standard deviation of
///   the feature. Cost: O(d) a row; memory is made at init, and nothing is allocated after.
/// - Source: covariances by Welford's recursion (Technometrics 4, 1962).
public struct LossAssociation: ~Copyable {
    public let featureCount: Int
    /// Five rows of `featureCount`: count, mean, squares, mean loss, products.
    private let sums: UnsafeMutableBufferPointer<Double>

    public init(featureCount: Int) {
        precondition(featureCount >= 0)
        self.featureCount = featureCount
        sums = .allocate(capacity: 5 * featureCount)
        sums.initialize(repeating: 0)
    }

    deinit { sums.deallocate() }

    /// Adds one row; a value that isn't finite is missing. A loss that isn't finite changes nothing.
    /// - Parameter row: exactly `featureCount` values.
    public mutating func add(_ row: UnsafeBufferPointer<Float>, loss: Double) {
        precondition(row.count == featureCount)
        guard loss.isWatchable, let counts = sums.baseAddress else { return }
        let means = counts + featureCount
        let squares = means + featureCount
        let losses = squares + featureCount
        let products = losses + featureCount
        for feature in 0..<featureCount {
            let value = Double(row[feature])
            guard value.isWatchable else { continue }
            counts[feature] += 1
            let distance = value - means[feature]
            means[feature] += distance / counts[feature]
            losses[feature] += (loss - losses[feature]) / counts[feature]
            squares[feature] += distance * (value - means[feature])
            products[feature] += distance * (loss - losses[feature])
        }
    }

    /// What a shift does to the loss by estimate, up or down; nil while too little is known, or where the feature
    /// doesn't vary.
    /// - Parameter shift: of the feature's mean, in its standard deviations.
    public func lossEffect(of feature: Int, shift: Double) -> Double? {
        let (count, squares) = (sums[feature], sums[2 * featureCount + feature])
        guard count >= 30, squares > 0 else { return nil }
        return (sums[4 * featureCount + feature] / (count * squares).squareRoot() * shift).magnitude
    }
}

extension LossAssociation: Checkpointable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/sums", doubles: UnsafeBufferPointer(sums), shape: [5, featureCount])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let restored = try archive.finite("\(prefix)/sums", count: 5 * featureCount)
        let mustBePositive = restored[..<featureCount] + restored[(2 * featureCount)..<(3 * featureCount)]
        guard mustBePositive.allSatisfy({ $0 >= 0 }) else {
            throw .impossible(name: "\(prefix)/sums", reason: "a count or a sum of squares is below 0")
        }
        _ = sums.update(fromContentsOf: restored)
    }
}
