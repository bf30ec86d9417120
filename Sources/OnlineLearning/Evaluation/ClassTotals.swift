#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

internal import Records

/// Weighted sums behind the metrics of several classes; with a fading below 1, older records count less.
///
/// Accuracy, F1, kappa and the Matthews coefficient need, of each class, how often it was true, said, and both: so memory and
/// work don't grow with pairs of classes. Fading makes the newer records heavier instead of all others lighter.
/// - Shape: `[3, classes]`. Cost: O(1) a record, O(classes) for the values.
/// - Source: Gorodkin, Computational Biology and Chemistry 28 (2004), for the Matthews coefficient of several classes.
struct ClassTotals: ~Copyable {
    let classes: Int
    private let fading: Double
    /// By class: weight of the records where it was right, where it was true, where it was said.
    private let sums: Storage<Double>
    private var logLoss = 0.0
    /// Weight of the records at which the last label would have been right.
    private var lastLabelRight = 0.0
    /// What a record of weight 1 is worth now.
    private var worth = 1.0

    /// Where all sums are divided, so that none overflows.
    private static let largestWorth = 1e100

    init(classes: Int, fading: Double) {
        self.classes = classes
        self.fading = fading
        sums = Storage(repeating: 0, count: 3 * classes)
    }

    @inline(__always)
    mutating func add(_ seen: Observation) {
        worth /= fading
        if worth > Self.largestWorth { lighten() }
        let weight = seen.weight * worth
        let truth = Int(seen.label)
        if truth == seen.predicted { sums[truth] += weight }
        sums[classes + truth] += weight
        sums[2 * classes + seen.predicted] += weight
        logLoss -= weight * log(min(max(seen.score, 1e-15), 1 - 1e-15))
        if seen.lastLabelWasRight { lastLabelRight += weight }
    }

    private mutating func lighten() {
        for index in 0..<sums.count { sums[index] /= worth }
        logLoss /= worth
        lastLabelRight /= worth
        worth = 1
    }

    /// Adds the records of another stream; neither of them fades.
    mutating func merge(_ other: borrowing ClassTotals) {
        for index in 0..<sums.count { sums[index] += other.sums[index] }
        logLoss += other.logLoss
        lastLabelRight += other.lastLabelRight
    }

    /// Values that divide by 0 stay nil. A class that never was true nor said is left out of the mean F1.
    func fill(_ values: inout MetricValues) {
        var (total, right, chance, trueSquares, saidSquares) = (0.0, 0.0, 0.0, 0.0, 0.0)
        var (f1, met) = (0.0, 0)
        for index in 0..<classes {
            let (hits, truths, said) = (sums[index], sums[classes + index], sums[2 * classes + index])
            total += truths
            right += hits
            chance += truths * said
            trueSquares += truths * truths
            saidSquares += said * said
            guard truths + said > 0 else { continue }
            f1 += 2 * hits / (truths + said)
            met += 1
        }
        guard total > 0 else { return }
        values.accuracy = right / total
        values.logLoss = logLoss / total
        values.f1Macro = f1 / Double(met)
        values.kappa = BinaryTotals.beyond(right / total, chance / total / total)
        values.kappaTemporal = BinaryTotals.beyond(right / total, lastLabelRight / total)
        let spread = (total * total - trueSquares).squareRoot() * (total * total - saidSquares).squareRoot()
        values.mcc = spread > 0 ? (right * total - chance) / spread : 0
    }
}

extension ClassTotals {
    func save(to archive: inout StateArchive, under name: String) {
        archive.put(name, doubles: Array(sums.values) + [logLoss, lastLabelRight, worth])
    }

    mutating func restore(from archive: StateArchive, under name: String) throws(StateError) {
        let values = try archive.doubles(name, count: sums.count + 3)
        guard values.allSatisfy({ $0.isFinite && $0 >= 0 }), values[sums.count + 2] >= 1 else {
            throw .impossible(name: name, reason: "a sum of weights is finite and not below 0")
        }
        sums.base.update(from: values, count: sums.count)
        logLoss = values[sums.count]
        lastLabelRight = values[sums.count + 1]
        worth = values[sums.count + 2]
    }
}
