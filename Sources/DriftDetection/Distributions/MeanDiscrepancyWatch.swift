internal import Records

/// Holds all features together, window by window, against the reference: the maximum mean discrepancy, which also sees
/// what no single feature shows, as that two of them no longer go together.
///
/// The first rows give each dimension's centre and scale, the next ones the reference's mean vector of random features
/// and how much that varies by chance; each window's mean vector is then held against it.
///
/// - Shape: rows of `dimensions` Float32 in (NaN = missing: the centre is taken), a verdict at each window's end. Unit:
///   none. Cost: O(dimensions × frequencies) a row, and 2 × frequencies sines and cosines; memory O(the same), made at
///   init; allocates nothing after.
/// - Source: Gretton, Borgwardt, Rasch, Schölkopf and Smola, A kernel two-sample test, JMLR 13 (2012); random features
///   as in Zhao and Meng, FastMMD, Neural Computation 27 (2015). Under one distribution the statistic is a weighted sum
///   of chi-squared variables; its chance is that of the one scaled chi-squared variable of equal mean and variance
///   (Satterthwaite, Biometrics Bulletin 2, 1946), which is close, not exact.
public struct MeanDiscrepancyWatch: ~Copyable {
    public let configuration: MeanDiscrepancyConfiguration
    let features: RandomFeatures
    /// [mean | sum of squares] of each dimension.
    let scales: UnsafeMutableBufferPointer<Double>
    /// [reference | window | two differences of neighbours | the newest vector | the one before], each
    /// `features.count`.
    let vectors: UnsafeMutableBufferPointer<Double>
    let row: UnsafeMutableBufferPointer<Double>
    /// Rows seen for the scale, the reference and the window.
    var scaled = 0
    var filled = 0
    var collected = 0
    /// The sum of squared products of two independent differences, and how many: four times the trace of the
    /// covariance's square each.
    var products = 0.0
    var inflation = VarianceInflation()
    var windowInflation = VarianceInflation()

    /// Of the last whole window; nil before the first one.
    public internal(set) var verdict: DistributionVerdict?

    public init(_ configuration: MeanDiscrepancyConfiguration) {
        configuration.check()
        self.configuration = configuration
        features = RandomFeatures(
            dimensions: configuration.dimensions, pairs: configuration.frequencies, bandwidth: configuration.bandwidth,
            seed: configuration.seed)
        scales = .allocate(capacity: 2 * configuration.dimensions)
        scales.initialize(repeating: 0)
        vectors = .allocate(capacity: 6 * 2 * configuration.frequencies)
        vectors.initialize(repeating: 0)
        row = .allocate(capacity: configuration.dimensions)
        row.initialize(repeating: 0)
    }

    deinit {
        scales.deallocate()
        vectors.deallocate()
        row.deallocate()
    }

    /// Takes the next row in.
    /// - Parameter values: exactly `dimensions` numbers.
    /// - Returns: true where a window ends at this very row: `verdict` is new.
    public mutating func observe(_ values: UnsafeBufferPointer<Float>) -> Bool {
        precondition(values.count == configuration.dimensions)
        guard scaled == configuration.scaleRows else {
            learnScale(values)
            return false
        }
        standardize(values)
        features.map(UnsafeBufferPointer(row), into: part(.newest))
        guard filled == configuration.reference else {
            learnReference()
            return false
        }
        add(.newest, to: .window)
        windowInflation.add(projection)
        collected += 1
        guard collected == configuration.window else { return false }
        endWindow()
        return true
    }

    /// Forgets the reference and the scale, and learns both from the rows to come.
    public mutating func learnAfresh() {
        (scaled, filled, collected, products) = (0, 0, 0, 0)
        scales.update(repeating: 0)
        vectors.update(repeating: 0)
        (inflation, windowInflation) = (VarianceInflation(), VarianceInflation())
        verdict = nil
    }

    private mutating func learnScale(_ values: UnsafeBufferPointer<Float>) {
        scaled += 1
        for dimension in 0..<values.count {
            let value = Double(values[dimension])
            // A missing value is the centre so far: it makes the scale a little small, and nothing else.
            let distance = value.isWatchable ? value - scales[dimension] : 0
            scales[dimension] += distance / Double(scaled)
            scales[values.count + dimension] += distance * (distance - distance / Double(scaled))
        }
    }

    /// Within ±10 standard deviations; where a dimension didn't vary, whatever differs is that far.
    private func standardize(_ values: UnsafeBufferPointer<Float>) {
        for dimension in 0..<values.count {
            let value = Double(values[dimension])
            let (mean, squares) = (scales[dimension], scales[values.count + dimension])
            let deviation = (squares / Double(scaled)).squareRoot()
            let unit = max(deviation, 1e-9 * mean.magnitude, 1e-12)
            row[dimension] = value.isWatchable ? min(max((value - mean) / unit, -10), 10) : 0
        }
    }

    /// Rows by fours: two differences of two neighbours each are independent where rows are.
    private mutating func learnReference() {
        add(.newest, to: .reference)
        inflation.add(projection)
        switch filled % 4 {
        case 0, 2: copy(.newest, to: .previous)
        case 1: difference(into: .difference)
        default:
            difference(into: .otherDifference)
            let product = product(.difference, .otherDifference)
            products += product * product
        }
        filled += 1
        windowInflation = inflation
    }
}
