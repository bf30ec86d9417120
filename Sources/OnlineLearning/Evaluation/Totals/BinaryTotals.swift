/// Weighted sums behind the metrics of two classes; with a fading below 1, older records count less.
struct BinaryTotals {
    /// Numbers of state: what `doubles` gives.
    static let count = 6
    static let squaresCount = 2

    /// By truth and prediction: true negatives, false positives, false negatives, true positives.
    private var confusion = SIMD4<Double>.zero
    private var logLoss = 0.0
    /// Weight of the records at which the last label would have been right.
    private var lastLabelRight = 0.0
    /// Weight, and the same times the squared error of the probability.
    private var squares = SIMD2<Double>.zero

    @inline(__always)
    mutating func add(_ seen: Observation, fading: Double) {
        // Sums of products with 0 and 1: an element picked by number would be written to memory and read back.
        let (truth, said) = (
            SIMD2(1 - seen.label, seen.label), SIMD2(Double(1 - seen.predicted), Double(seen.predicted))
        )
        let heavy = seen.weight * truth
        confusion = confusion * fading + SIMD4(lowHalf: heavy[0] * said, highHalf: heavy[1] * said)
        logLoss = logLoss * fading + seen.weight * seen.logLoss
        lastLabelRight = lastLabelRight * fading + (seen.lastLabelWasRight ? seen.weight : 0)
        squares = squares * fading + seen.weight * SIMD2(1, seen.squaredError)
    }

    /// Adds the records of another stream.
    mutating func merge(_ other: BinaryTotals) {
        confusion += other.confusion
        logLoss += other.logLoss
        lastLabelRight += other.lastLabelRight
        squares += other.squares
    }

    /// Fills in all but what goes by the order of scores. Values that divide by 0 stay nil.
    func fill(_ values: inout MetricValues) {
        let (trueNegatives, falsePositives) = (confusion[0], confusion[1])
        let (falseNegatives, truePositives) = (confusion[2], confusion[3])
        var summary = ClassSummary()
        summary.add(
            hits: trueNegatives, truths: trueNegatives + falsePositives, said: trueNegatives + falseNegatives)
        summary.add(
            hits: truePositives, truths: falseNegatives + truePositives, said: falsePositives + truePositives)
        guard summary.fill(&values, lastLabelRight: lastLabelRight) else { return }
        let positive = values.classes[1]
        values.precision = positive.precision
        values.recall = positive.recall
        values.f1 = positive.f1
        values.logLoss = logLoss / summary.total
        if squares[0] > 0 { values.brier = squares[1] / squares[0] }
    }

    var doubles: [Double] {
        get { [confusion[0], confusion[1], confusion[2], confusion[3], logLoss, lastLabelRight] }
        set {
            confusion = SIMD4(newValue[0], newValue[1], newValue[2], newValue[3])
            logLoss = newValue[4]
            lastLabelRight = newValue[5]
        }
    }

    /// What snapshots from before the Brier score don't have.
    var squaresDoubles: [Double] {
        get { [squares[0], squares[1]] }
        set { squares = SIMD2(newValue[0], newValue[1]) }
    }
}
