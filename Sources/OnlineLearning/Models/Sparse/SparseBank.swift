internal import Records

/// Linear learners over the same coordinates, each with a longer step than the one before, their weights side by side: the
/// eight weights of a coordinate share one half of a cache line, so eight learners wait for memory no longer than one.
///
/// A step is divided by `1 + step × curvature × squared norm`, so that no learner goes beyond the point at which the record's
/// own squared loss is least, however long its step: a loss can't run away, and there is no further guard.
/// - Cost: O(coordinates of the record) a call, allocates nothing but for the largest batch yet.
struct SparseBank<Row: WeightRow>: ~Copyable {
    /// Probabilities keep this far from 0 and 1, so that one wrong record can't rule a learner out for good.
    static var margin: Float { 1e-6 }

    let isBinary: Bool
    let records: Int
    private let inverseSteps: Row
    var table: CoordinateTable
    /// What predictions are mixed with: that of the last finished update.
    var mix: BankMix<Row>
    /// What the mix will be after the batch.
    var nextMix: BankMix<Row>
    /// No weight of a lane is larger in magnitude; it only follows from the weights, so it's no state.
    private var bounds = Row(all: 0)
    /// The batch's gradients, and the sum of weight times squared norm.
    var batch = GradientSums<Row>(width: 1, capacity: 1)
    var batchNorm: Float = 0

    init(coordinates: Int, isBinary: Bool, batch records: Int, share: Double, stepSize: (Int) -> Double) {
        self.isBinary = isBinary
        self.records = records
        inverseSteps = Row { Float(1 / stepSize($0)) }
        table = CoordinateTable(coordinates: coordinates, width: Row.count)
        mix = BankMix(share: Float(share))
        nextMix = mix
    }

    @inline(__always)
    func row(_ coordinate: UInt32) -> Row { Row.load(table[coordinate]) }

    /// The mix of what the learners say: a probability, or a value in the scaled target's unit.
    @inline(__always)
    func output(_ margins: Row) -> Float { mix.mean(outputs(margins)) }

    @inline(__always)
    private func outputs(_ margins: Row) -> Row {
        isBinary ? Row.probability(margin: margins).within(Self.margin, 1 - Self.margin) : margins
    }

    /// What one record says to each learner.
    struct Lesson {
        /// The mix's output before it learned.
        var output: Float
        /// Derivatives of the learners' losses by their margins.
        var slopes: Row
    }

    /// - Returns: Nil where a margin isn't finite.
    @inline(__always)
    mutating func lesson(_ record: borrowing CoordinateList, number: Float) -> Lesson? {
        var margins = Row(all: 0)
        for position in 0..<record.count {
            margins += row(record[position].index) * Row(all: record[position].value)
        }
        guard margins.magnitudes.isBelow(.infinity) else { return nil }
        let outputs = outputs(margins)
        return Lesson(output: mix.mean(outputs), slopes: outputs - Row(all: number))
    }

    /// One update from the record; false where it was refused and nothing has changed.
    @inline(__always)
    mutating func update(
        _ lesson: Lesson, _ record: borrowing CoordinateList, norm: CoordinateNorm, number: Float, weight: Float
    ) -> Bool {
        let curvature = Row(all: (isBinary ? 0.25 : 1) * norm.squared)
        let steps = lesson.slopes / (inverseSteps / Row(all: weight) + curvature)
        guard allows(steps.magnitudes * Row(all: norm.largest)) else { return false }
        for position in 0..<record.count {
            let target = table[record[position].index]
            (Row.load(target) - steps * Row(all: record[position].value)).store(to: target)
        }
        learnMix(lesson, number)
        mix = nextMix
        return true
    }

    /// Adds the record's gradients to the batch's.
    /// - Returns: False where they are too large to be added up: the record has left no trace.
    mutating func accumulate(
        _ lesson: Lesson, _ record: borrowing CoordinateList, norm: CoordinateNorm, number: Float, weight: Float
    ) -> Bool {
        let factors = lesson.slopes * Row(all: weight)
        let limit = Parameters.largestMagnitude
        guard (factors.magnitudes * Row(all: norm.largest)).isBelow(limit), weight * norm.squared < limit else {
            return false
        }
        for position in 0..<record.count {
            batch.sums(of: record[position].index)[0] += factors * Row(all: record[position].value)
        }
        batchNorm += weight * norm.squared
        learnMix(lesson, number)
        return true
    }

    /// One update with the batch's mean gradient, and the batch is empty again.
    /// - Returns: False where it was refused and no weight has changed.
    mutating func finishBatch() -> Bool {
        let curvature = Row(all: (isBinary ? 0.25 : 1) * batchNorm / Float(records))
        let steps = Row(all: 1 / Float(records)) / (inverseSteps + curvature)
        var largest: Float = 0
        var total: Float = 0
        for position in 0..<batch.count {
            let size = (steps * batch[position][0]).magnitudes.largest
            largest = max(largest, size)
            total += size
        }
        let isKept = total.isFinite && allows(Row(all: largest))
        if isKept {
            for position in 0..<batch.count {
                let target = table[batch.coordinates[position].index]
                (Row.load(target) - steps * batch[position][0]).store(to: target)
            }
            mix = nextMix
        } else {
            nextMix = mix
        }
        batch.removeAll()
        batchNorm = 0
        return isKept
    }

    @inline(__always)
    private mutating func learnMix(_ lesson: Lesson, _ number: Float) {
        if isBinary {
            nextMix.update(probabilities: lesson.slopes + Row(all: number), number: number)
        } else {
            nextMix.update(residuals: lesson.slopes, residual: lesson.output - number)
        }
    }

    /// Whether all weights stay sound when none changes by more than this.
    @inline(__always)
    private mutating func allows(_ changes: Row) -> Bool {
        if !(bounds + changes).isBelow(Parameters.largestMagnitude) {
            measure()
            guard (bounds + changes).isBelow(Parameters.largestMagnitude) else { return false }
        }
        bounds += changes
        return true
    }

    /// Takes the bounds from the weights as they are.
    mutating func measure() {
        var largest: Float = 0
        for coordinate in 0..<table.coordinates {
            largest = max(largest, row(UInt32(truncatingIfNeeded: coordinate)).magnitudes.largest)
        }
        bounds = Row(all: largest)
    }
}
