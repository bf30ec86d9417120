internal import Records

/// What a factorization machine works out for one record: working memory, no state.
struct FactorReading<Lanes: WeightRow>: ~Copyable {
    /// The record's coordinates, each once.
    var record: CoordinateList
    /// `[coordinates of the record, 1 + factors]`: each one's weight and factors.
    private var values: Storage<Lanes>
    /// `[factors]`: sums of factor times value.
    let sums: Storage<Lanes>
    let factors: Int
    var margins = Lanes(all: 0)

    init(factors: Int, capacity: Int) {
        self.factors = factors
        record = CoordinateList(capacity: capacity)
        values = Storage(repeating: Lanes(all: 0), count: capacity * (1 + factors))
        sums = Storage(repeating: Lanes(all: 0), count: factors)
    }

    /// The weight and the factors of the coordinate at `position`.
    @inline(__always)
    subscript(position: Int) -> UnsafeMutablePointer<Lanes> { values.base + position &* (1 + factors) }

    /// Makes room for the record's coordinates.
    @inline(__always)
    mutating func reserve() {
        let needed = record.count * (1 + factors)
        if needed > values.count { values = Storage(repeating: Lanes(all: 0), count: 2 * needed) }
    }

    /// Adds up what was read to margins: weights, and the products of all pairs by the square of sums less the sum of squares.
    @inline(__always)
    mutating func addUp() {
        var linear = Lanes(all: 0)
        var squares = Lanes(all: 0)
        sums.values.update(repeating: Lanes(all: 0))
        for position in 0..<record.count {
            let value = Lanes(all: record[position].value)
            let row = self[position]
            linear += row[0] * value
            for factor in 0..<factors {
                let part = row[1 + factor] * value
                sums[factor] += part
                squares += part * part
            }
        }
        var pairs = Lanes(all: 0) - squares
        for factor in 0..<factors { pairs += sums[factor] * sums[factor] }
        margins = linear + pairs * Lanes(all: 0.5)
    }
}
