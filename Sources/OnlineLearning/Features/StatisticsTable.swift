internal import Records

/// The statistics of all features, one column of Float64 for each of the four numbers, and one for
/// the standard scaling's factor, which follows from them and isn't state.
struct StatisticsTable: ~Copyable {
    private static let columns = ["count", "mean", "spread", "extreme"]
    private let numbers: Storage<Double>
    let features: Int

    init(features: Int) {
        self.features = features
        numbers = Storage(repeating: 0, count: 5 * features)
    }

    var counts: UnsafeMutablePointer<Double> { numbers.base }
    var means: UnsafeMutablePointer<Double> { numbers.base + features }
    var spreads: UnsafeMutablePointer<Double> { numbers.base + 2 * features }
    var extremes: UnsafeMutablePointer<Double> { numbers.base + 3 * features }

    /// Kept by `StandardBlock` for the features that it updates.
    var factors: UnsafeMutablePointer<Double> { numbers.base + 4 * features }

    @inline(__always)
    subscript(feature: Int) -> FeatureStatistics {
        get {
            var known = FeatureStatistics()
            known.count = counts[feature]
            known.mean = means[feature]
            known.spread = spreads[feature]
            known.extreme = extremes[feature]
            return known
        }
        nonmutating set {
            counts[feature] = newValue.count
            means[feature] = newValue.mean
            spreads[feature] = newValue.spread
            extremes[feature] = newValue.extreme
        }
    }

    func replace(_ feature: Int, with statistics: FeatureStatistics) {
        self[feature] = statistics
        factors[feature] = StandardScaling.factor(count: statistics.count, spread: statistics.spread)
    }

    func save(to archive: inout StateArchive, under prefix: String) {
        for (column, name) in Self.columns.enumerated() {
            archive.put(
                "\(prefix)/\(name)",
                doubles: UnsafeBufferPointer(start: numbers.base + column * features, count: features))
        }
    }

    func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        var all: [Double] = []
        for column in Self.columns {
            let name = "\(prefix)/\(column)"
            let values = try archive.doubles(name, count: features)
            for index in values.indices where !values[index].isFinite {
                throw .impossible(name: name, reason: "element \(index) is \(values[index])")
            }
            all += values
        }
        numbers.base.update(from: all, count: all.count)
        for feature in 0..<features {
            factors[feature] = StandardScaling.factor(count: counts[feature], spread: spreads[feature])
        }
    }
}
