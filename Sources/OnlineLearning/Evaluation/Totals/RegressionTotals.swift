/// Weighted sums behind the metrics of a regression; with a fading below 1, older records count less.
/// - Source: West, Communications of the ACM 22 (1979), for the labels' weighted variance.
struct RegressionTotals {
    /// Numbers of state: what `doubles` and `signedDoubles` give.
    static let count = 5
    static let signedCount = 4

    private var weight = 0.0
    private var absolute = 0.0
    private var squared = 0.0
    private var labelMean = 0.0
    private var labelSpread = 0.0
    /// Weight, the same times prediction less label, weight where the label isn't 0, the same times the relative error.
    private var signed = SIMD4<Double>.zero

    /// A relative error is taken for at most this, so that a label close to 0 leaves the sums finite.
    private static let largestRelative = 1e100

    @inline(__always)
    mutating func add(_ seen: Observation, fading: Double) {
        let error = seen.label - seen.score
        weight = weight * fading + seen.weight
        absolute = absolute * fading + seen.weight * abs(error)
        squared = squared * fading + seen.weight * error * error
        let before = seen.label - labelMean
        labelMean += before * seen.weight / weight
        labelSpread = labelSpread * fading + seen.weight * before * (seen.label - labelMean)
        var added = SIMD4(1, -error, 0, 0)
        if seen.label != 0 {
            added[2] = 1
            added[3] = min(abs(error / seen.label), Self.largestRelative)
        }
        signed = signed * fading + seen.weight * added
    }

    /// Adds the records of another stream.
    mutating func merge(_ other: RegressionTotals) {
        guard other.weight > 0 else { return }
        let total = weight + other.weight
        let between = other.labelMean - labelMean
        labelSpread += other.labelSpread + between * between * weight * (other.weight / total)
        labelMean += between * (other.weight / total)
        weight = total
        absolute += other.absolute
        squared += other.squared
        signed += other.signed
    }

    /// - Parameter quantile: of the pinball loss; nil where none is declared.
    func fill(_ values: inout MetricValues, quantile: Double?) {
        guard weight > 0 else { return }
        values.mae = absolute / weight
        values.rmse = (squared / weight).squareRoot()
        values.r2 = labelSpread > 0 ? 1 - squared / labelSpread : nil
        if signed[2] > 0 { values.mape = signed[3] / signed[2] }
        guard signed[0] > 0 else { return }
        let meanError = signed[1] / signed[0]
        values.meanError = meanError
        // What is too low is the half of the absolute error that isn't the excess of what is too high.
        if let quantile { values.pinball = 0.5 * absolute / weight - (quantile - 0.5) * meanError }
    }

    var doubles: [Double] {
        get { [weight, absolute, squared, labelMean, labelSpread] }
        set {
            weight = newValue[0]
            absolute = newValue[1]
            squared = newValue[2]
            labelMean = newValue[3]
            labelSpread = newValue[4]
        }
    }

    /// What snapshots from before the mean and the relative error don't have.
    var signedDoubles: [Double] {
        get { (0..<Self.signedCount).map { signed[$0] } }
        set { signed = SIMD4(newValue) }
    }
}
