/// Weighted sums behind the metrics of a regression; with a fading below 1, older records count less.
/// - Source: West, Communications of the ACM 22 (1979), for the labels' weighted variance.
struct RegressionTotals {
    /// Numbers of state: what `doubles` gives.
    static let count = 5

    private var weight = 0.0
    private var absolute = 0.0
    private var squared = 0.0
    private var labelMean = 0.0
    private var labelSpread = 0.0

    @inline(__always)
    mutating func add(_ seen: Observation, fading: Double) {
        let error = seen.label - seen.score
        weight = weight * fading + seen.weight
        absolute = absolute * fading + seen.weight * abs(error)
        squared = squared * fading + seen.weight * error * error
        let before = seen.label - labelMean
        labelMean += before * seen.weight / weight
        labelSpread = labelSpread * fading + seen.weight * before * (seen.label - labelMean)
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
    }

    func fill(_ values: inout MetricValues) {
        guard weight > 0 else { return }
        values.mae = absolute / weight
        values.rmse = (squared / weight).squareRoot()
        values.r2 = labelSpread > 0 ? 1 - squared / labelSpread : nil
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
}
