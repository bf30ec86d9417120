/// Weight, mean and spread of values, in a form that adds up: of two stretches of a stream those of both together.
/// - Cost: O(1) a value, allocates nothing.
/// - Source: Chan, Golub and LeVeque, The American Statistician 37 (1983).
package struct ValueMoments: Sendable, Equatable {
    /// The values' weights together.
    package private(set) var weight = 0.0
    private var sumMean = 0.0
    private var squares = 0.0

    package init() {}

    /// Adds one value; one that isn't finite, or has no weight, changes nothing.
    @inline(__always)
    package mutating func add(_ value: Double, weight added: Double = 1) {
        guard value.isFinite, abs(value) < 1e150, added > 0, added.isFinite else { return }
        weight += added
        let before = value - sumMean
        sumMean += before * added / weight
        squares += added * before * (value - sumMean)
    }

    package mutating func merge(_ other: ValueMoments) {
        guard other.weight > 0 else { return }
        let total = weight + other.weight
        let distance = other.sumMean - sumMean
        squares += other.squares + distance * distance * weight / total * other.weight
        sumMean += distance * other.weight / total
        weight = total
    }

    /// Nil where there was none.
    package var mean: Double? { weight > 0 ? sumMean : nil }

    /// The population's standard deviation; nil where there was none.
    package var deviation: Double? { weight > 0 ? max(0, squares / weight).squareRoot() : nil }
}
