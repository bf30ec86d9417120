#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Weighted sums behind the metrics of two classes; with a fading below 1, older records count less.
struct BinaryTotals {
    /// Numbers of state: what `doubles` gives.
    static let count = 6

    /// By truth and prediction: true negatives, false positives, false negatives, true positives.
    private var confusion = SIMD4<Double>.zero
    private var logLoss = 0.0
    /// Weight of the records at which the last label would have been right.
    private var lastLabelRight = 0.0

    @inline(__always)
    mutating func add(_ seen: Observation, fading: Double) {
        confusion *= fading
        confusion[(seen.label == 1 ? 2 : 0) + seen.predicted] += seen.weight
        let likelihood = seen.label == 1 ? seen.score : 1 - seen.score
        logLoss = logLoss * fading - seen.weight * log(min(max(likelihood, 1e-15), 1 - 1e-15))
        lastLabelRight = lastLabelRight * fading + (seen.lastLabelWasRight ? seen.weight : 0)
    }

    /// Adds the records of another stream.
    mutating func merge(_ other: BinaryTotals) {
        confusion += other.confusion
        logLoss += other.logLoss
        lastLabelRight += other.lastLabelRight
    }

    /// Fills in all but the area under the curve. Values that divide by 0 stay nil.
    func fill(_ values: inout MetricValues) {
        let (trueNegatives, falsePositives) = (confusion[0], confusion[1])
        let (falseNegatives, truePositives) = (confusion[2], confusion[3])
        let total = confusion.sum()
        guard total > 0 else { return }
        let accuracy = (trueNegatives + truePositives) / total
        let negatives = trueNegatives + falsePositives
        let positives = falseNegatives + truePositives
        let saidNegative = trueNegatives + falseNegatives
        let saidPositive = falsePositives + truePositives
        let chance = (negatives / total) * (saidNegative / total) + (positives / total) * (saidPositive / total)
        values.accuracy = accuracy
        values.logLoss = logLoss / total
        values.f1Macro =
            0.5
            * (Self.f1(truePositives, positives + saidPositive)
                + Self.f1(trueNegatives, negatives + saidNegative))
        values.kappa = Self.beyond(accuracy, chance)
        values.kappaTemporal = Self.beyond(accuracy, lastLabelRight / total)
        let spread =
            negatives.squareRoot() * positives.squareRoot() * saidNegative.squareRoot() * saidPositive.squareRoot()
        values.mcc = spread > 0 ? (truePositives * trueNegatives - falsePositives * falseNegatives) / spread : 0
    }

    private static func f1(_ right: Double, _ trueAndSaid: Double) -> Double {
        trueAndSaid > 0 ? 2 * right / trueAndSaid : 0
    }

    /// How far an accuracy is beyond a baseline's, as a share of what there is to gain.
    static func beyond(_ accuracy: Double, _ baseline: Double) -> Double? {
        baseline < 1 ? (accuracy - baseline) / (1 - baseline) : nil
    }

    var doubles: [Double] {
        get { [confusion[0], confusion[1], confusion[2], confusion[3], logLoss, lastLabelRight] }
        set {
            confusion = SIMD4(newValue[0], newValue[1], newValue[2], newValue[3])
            logLoss = newValue[4]
            lastLabelRight = newValue[5]
        }
    }
}
