internal import Records

/// A category whose values are declared.
struct CategoryPlan {
    var name: String
    /// Its place among all features, and among the row's codes.
    var feature: Int
    var code: Int
    /// Of its values, in their order.
    var hashes: [UInt64]

    static func all(of features: [FeatureDeclaration]) -> [CategoryPlan] {
        let layout = RowLayout(features)
        return features.enumerated().compactMap { index, feature in
            guard case .category(.oneHot(let values)) = feature.kind else { return nil }
            return CategoryPlan(
                name: feature.name, feature: index, code: layout.places[index].first, hashes: values.map(ValueHash.of))
        }
    }
}

/// Which of its declared values a category has.
/// - Cost: O(log values) a look; memory is made at init.
struct CategoryTable: ~Copyable {
    private struct Value {
        var hash: UInt64
        var index: Int
    }

    let plans: [CategoryPlan]
    /// Of each category where its values begin, one more than there are; the values sorted by their hashes.
    private let starts: [Int]
    private let values: [Value]

    init(_ plans: [CategoryPlan]) {
        self.plans = plans
        var starts = [0]
        var values: [Value] = []
        for plan in plans {
            values += plan.hashes.enumerated().map { Value(hash: $1, index: $0) }.sorted { $0.hash < $1.hash }
            starts.append(values.count)
        }
        self.starts = starts
        self.values = values
    }

    /// The value's place among the declared ones; their count where it is none of them, nil where it is missing.
    @inline(__always)
    func index(of category: Int, in row: borrowing FeatureRow) -> Int? {
        guard row.counts[plans[category].feature] > 0 else { return nil }
        let hash = row.codes[plans[category].code]
        var (low, high) = (starts[category], starts[category + 1])
        while low < high {
            let middle = (low + high) / 2
            if values[middle].hash < hash { low = middle + 1 } else { high = middle }
        }
        guard low < starts[category + 1], values[low].hash == hash else {
            return starts[category + 1] - starts[category]
        }
        return values[low].index
    }
}
