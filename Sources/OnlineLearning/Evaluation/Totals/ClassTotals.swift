internal import Records

/// Weighted sums behind the metrics of several classes; with a fading below 1, older records count less.
///
/// Fading makes the newer records heavier instead of all others lighter.
/// - Shape: `[3, classes]`. Cost: O(1) a record, O(classes) for the values.
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
    /// Weight of the records whose probabilities are known, the same times their squared distance from the truth, and the
    /// weight by how many classes had a larger probability than the true one: 0 to 4.
    private let probabilities = Storage<Double>(repeating: 0, count: 2 + Observation.ranks)

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
        logLoss += weight * seen.logLoss
        if seen.lastLabelWasRight { lastLabelRight += weight }
        guard seen.hasProbabilities else { return }
        probabilities[0] += weight
        probabilities[1] += weight * seen.squaredError
        if seen.rank < Observation.ranks { probabilities[2 + seen.rank] += weight }
    }

    private mutating func lighten() {
        for index in 0..<sums.count { sums[index] /= worth }
        logLoss /= worth
        lastLabelRight /= worth
        for index in 0..<probabilities.count { probabilities[index] /= worth }
        worth = 1
    }

    /// Adds the records of another stream; neither of them fades.
    mutating func merge(_ other: borrowing ClassTotals) {
        for index in 0..<sums.count { sums[index] += other.sums[index] }
        logLoss += other.logLoss
        lastLabelRight += other.lastLabelRight
        for index in 0..<probabilities.count { probabilities[index] += other.probabilities[index] }
    }

    /// Values that divide by 0 stay nil.
    func fill(_ values: inout MetricValues) {
        var summary = ClassSummary()
        for index in 0..<classes {
            summary.add(hits: sums[index], truths: sums[classes + index], said: sums[2 * classes + index])
        }
        guard summary.fill(&values, lastLabelRight: lastLabelRight) else { return }
        values.logLoss = logLoss / summary.total
        guard probabilities[0] > 0 else { return }
        values.brier = probabilities[1] / probabilities[0]
        var within = 0.0
        for rank in 0..<min(Observation.ranks, classes - 1) {
            within += probabilities[2 + rank]
            values.topAccuracies.append(within / probabilities[0])
        }
    }
}

extension ClassTotals {
    func save(to archive: inout StateArchive, under name: String) {
        archive.put(name, doubles: Array(sums.values) + [logLoss, lastLabelRight, worth])
        archive.put(name + "/probabilities", doubles: UnsafeBufferPointer(probabilities.values))
    }

    /// A snapshot from before the Brier score begins it anew.
    mutating func restore(from archive: StateArchive, under name: String) throws(StateError) {
        let values = try archive.sums(name, count: sums.count + 3)
        guard values[sums.count + 2] >= 1 else {
            throw .impossible(name: name, reason: "a record is worth 1 or more")
        }
        let further = try archive.laterSums(name + "/probabilities", count: probabilities.count)
        sums.base.update(from: values, count: sums.count)
        logLoss = values[sums.count]
        lastLabelRight = values[sums.count + 1]
        worth = values[sums.count + 2]
        probabilities.base.update(from: further, count: further.count)
    }
}
