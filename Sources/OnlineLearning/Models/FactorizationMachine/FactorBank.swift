internal import Records

/// Factorization machines over the same coordinates, side by side: one, or several with step sizes on a grid and their mix.
///
/// A coordinate's factors begin as a hash of seed and coordinate says, so one that never came needs no memory in a snapshot,
/// and equal seeds give equal bits in whatever order coordinates come.
/// - Cost: O(coordinates of the record × factors) a call, allocates nothing but for the largest record or batch yet.
struct FactorBank<Rule: FactorRule>: ~Copyable {
    typealias Lanes = Rule.Lanes
    /// Probabilities keep this far from 0 and 1, so that one wrong record can't rule a machine out for good.
    static var margin: Float { 1e-6 }

    let rule: Rule
    let isBinary: Bool
    let records: Int
    let factors: Int
    let seed: UInt64
    let spread: Float
    /// The coordinate that has a weight and no factors; none where there is no intercept.
    let intercept: UInt32
    var table: CoordinateTable
    var mix: BankMix<Lanes>
    /// What the mix will be after the batch.
    var nextMix: BankMix<Lanes>
    /// The batch's gradients, and the sum of weight times the squared norm of the margin's gradient.
    var batch: GradientSums<Lanes>
    var batchNorms = Lanes(all: 0)
    /// What step sizes are multiplied with: halved where an update made the loss run away.
    var stepFactors = Lanes(all: 1)
    let reading: WorkingMemory<FactorReading<Lanes>>

    init(_ rule: Rule, _ configuration: FactorizationMachineConfiguration, space: CoordinateSpace, isBinary: Bool) {
        self.rule = rule
        self.isBinary = isBinary
        records = configuration.batch
        factors = configuration.factors
        seed = configuration.seed
        spread = Float(configuration.initialDeviation * 3.0.squareRoot())
        intercept = space.hasIntercept ? UInt32(space.intercept) : .max
        table = CoordinateTable(coordinates: space.count, width: (1 + configuration.factors) * Rule.width)
        mix = BankMix(share: Float(configuration.share))
        nextMix = mix
        let capacity = configuration.shape.dense + 32
        batch = GradientSums(width: 1 + configuration.factors, capacity: capacity)
        reading = WorkingMemory(FactorReading(factors: configuration.factors, capacity: capacity))
    }

    /// Works out the margins of a record; false where the record isn't sound.
    @inline(__always)
    func read(_ x: InputVector, in space: CoordinateSpace) -> Bool {
        guard space.gather(x, into: &reading.pointer.pointee.record) else { return false }
        reading.pointer.pointee.reserve()
        readValues()
        return reading.pointer.pointee.margins.magnitudes.isBelow(.infinity)
    }

    /// Works out the margins of the record at hand anew.
    @inline(__always)
    func readValues() {
        for position in 0..<reading.pointer.pointee.record.count {
            let coordinate = reading.pointer.pointee.record[position].index
            let values = reading.pointer.pointee[position]
            let kept = table[coordinate]
            if coordinate == intercept {
                values[0] = rule.withoutPenalties.value(kept)
                (values + 1).update(repeating: Lanes(all: 0), count: factors)
            } else if isNew(kept) {
                values[0] = Lanes(all: 0)
                for factor in 0..<factors { values[1 + factor] = Lanes(all: firstFactor(coordinate, factor)) }
            } else {
                for column in 0...factors { values[column] = rule.value(kept + column &* Rule.width) }
            }
        }
        reading.pointer.pointee.addUp()
    }

    /// The machines' probabilities or values for the margins at hand.
    @inline(__always)
    var outputs: Lanes {
        let margins = reading.pointer.pointee.margins
        return isBinary ? Lanes.probability(margin: margins).within(Self.margin, 1 - Self.margin) : margins
    }

    /// Whether the coordinate was never learned: then none of its factors has a value yet.
    @inline(__always)
    func isNew(_ kept: UnsafePointer<Float>) -> Bool {
        for column in 0..<(1 + factors) * Rule.width where kept[column] != 0 { return false }
        return true
    }

    /// Uniform with the configured deviation.
    @inline(__always)
    func firstFactor(_ coordinate: UInt32, _ factor: Int) -> Float {
        var generator = SeededGenerator(
            seed: seed &+ (UInt64(coordinate) << 20 | UInt64(factor)) &* 0xD6E8_FEB8_6659_FD93)
        return spread * Float(2 * generator.uniform() - 1)
    }
}
