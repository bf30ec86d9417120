/// Count, mean and sum of squared deviations of every column.
/// - Source: Welford, Technometrics 4 (1962).
struct ColumnMoments: ~Copyable {
    let numbers: Storage<Double>
    let columns: Int

    init(columns: Int) {
        self.columns = columns
        numbers = Storage(repeating: 0, count: 3 * columns)
    }

    var counts: UnsafeMutablePointer<Double> { numbers.base }
    var means: UnsafeMutablePointer<Double> { numbers.base + columns }
    var squares: UnsafeMutablePointer<Double> { numbers.base + 2 * columns }

    /// Values that aren't finite are left out.
    @inline(__always)
    func add(_ value: Float, to column: Int) {
        guard value.isFinite else { return }
        counts[column] += 1
        let before = Double(value) - means[column]
        means[column] += before / counts[column]
        squares[column] += before * (Double(value) - means[column])
    }

    func variance(_ column: Int) -> Double { counts[column] > 0 ? squares[column] / counts[column] : 0 }

    /// In which eighth of a normal distribution a value lies, 0 to 7.
    @inline(__always)
    func bin(_ value: Double, of column: Int) -> Int {
        let deviation = variance(column).squareRoot()
        guard deviation > 0 else { return 4 }
        return Self.bin(standardized: (value - means[column]) / deviation)
    }

    static let bins = 8

    @inline(__always)
    private static func bin(standardized value: Double) -> Int {
        let magnitude = abs(value)
        // The quantiles of a normal distribution at 5, 6 and 7 eighths.
        let outward =
            (magnitude > 0.318_639_4 ? 1 : 0) + (magnitude > 0.674_489_8 ? 1 : 0) + (magnitude > 1.150_349_4 ? 1 : 0)
        return value >= 0 ? 4 + outward : 3 - outward
    }
}
