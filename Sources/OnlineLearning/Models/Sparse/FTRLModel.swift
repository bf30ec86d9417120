public import Records

/// Logistic or linear regression by FTRL-Proximal: steps of each coordinate's own size, and weights that are exactly 0 where L1
/// says so.
///
/// It starts at zero weights. A step of a coordinate is divided by the root of its summed squared gradients, so steps can only
/// become shorter and no update can make the loss run away: there is no further guard.
/// - Shape: `InputShape` without steps to one prediction. Cost: O(coordinates that aren't 0) a record, whatever the size of the
///   space; 8 bytes a coordinate of the space. Allocates nothing but for a record with more coordinates than any before.
/// - Source: McMahan et al., KDD (2013).
public struct FTRLModel: ~Copyable, OnlineLearner {
    public let configuration: FTRLConfiguration
    public private(set) var recordsLearned: UInt64 = 0
    public private(set) var updatesRefused: UInt64 = 0

    /// A steeper loss is refused: with the largest inputs, a batch's gradients then add up far inside of Float32.
    private static let largestSlope: Float = 1e20

    private let space: CoordinateSpace
    private let rule: FTRLRule
    private let interceptRule: FTRLRule
    private var target: MarginTarget
    /// `[coordinates, 2]`: sum and sum of squares.
    private var table: CoordinateTable
    private var record: CoordinateList
    /// The mean gradient of the unfinished batch, as far as it goes.
    private var batch: CoordinateList

    public init(_ configuration: FTRLConfiguration) {
        precondition(configuration.batch >= 1, "a batch has at least one record")
        precondition(configuration.stepSize > 0 && configuration.damping >= 0, "a step size is above 0")
        self.configuration = configuration
        space = CoordinateSpace(configuration.shape, hasIntercept: configuration.intercept)
        rule = FTRLRule(
            stepSize: configuration.stepSize, damping: configuration.damping, l1: configuration.l1, l2: configuration.l2
        )
        interceptRule = rule.withoutPenalties
        target = MarginTarget(configuration.target, scaling: configuration.targetScaling)
        table = CoordinateTable(coordinates: space.count, width: 2)
        record = CoordinateList(capacity: configuration.shape.dense + 32)
        batch = CoordinateList(capacity: configuration.batch > 1 ? configuration.shape.dense + 32 : 1)
    }

    /// The weight of a coordinate: dense ones first, then the sparse ones, then the intercept.
    public func weight(_ coordinate: Int) -> Float {
        precondition(coordinate >= 0 && coordinate < space.count, "there is no such coordinate")
        return weight(UInt32(coordinate))
    }

    /// The weighted sum with the intercept, in the unit of the scaled target.
    public func margin(_ x: InputVector) -> Double {
        var sum = space.hasIntercept ? Double(weight(UInt32(space.intercept))) : 0
        for index in 0..<min(x.dense.count, space.dense) where x.dense[index] != 0 {
            sum += Double(weight(UInt32(truncatingIfNeeded: index)) * x.dense[index])
        }
        for entry in x.sparse where Int(entry.index) < space.sparse {
            sum += Double(weight(UInt32(truncatingIfNeeded: space.dense + Int(entry.index))) * entry.value)
        }
        return sum
    }

    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        target.prediction(margin: margin(x), probabilities: probabilities)
    }

    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        guard let raw = label.target, weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        guard let number = target.number(of: raw), weight > 0, space.gather(x, into: &record) else { return refused() }
        var margin = 0.0
        for position in 0..<record.count {
            margin += Double(self.weight(record[position].index) * record[position].value)
        }
        let (loss, slope) = target.lossAndSlope(margin: margin, number: number)
        let factor = Float(weight * slope)
        guard margin.isFinite, abs(factor) <= Self.largestSlope else { return refused() }
        let result = configuration.batch == 1 ? update(factor) : accumulate(factor / Float(configuration.batch))
        if result != .refused { target.learned(raw) }
        recordsLearned &+= 1
        return LearningOutcome(loss: loss, result: result)
    }

    @inline(__always)
    private func rule(of coordinate: UInt32) -> FTRLRule {
        Int(coordinate) == space.intercept ? interceptRule : rule
    }

    @inline(__always)
    private func weight(_ coordinate: UInt32) -> Float {
        let row = table[coordinate]
        return rule(of: coordinate).weight(sum: row[0], squares: row[1])
    }

    /// One update from the record at hand.
    @inline(__always)
    private mutating func update(_ factor: Float) -> LearningOutcome.Result {
        for position in 0..<record.count { record[position].value *= factor }
        return outcome(
            isKept: table.update(record, rule: rule, interceptRule: interceptRule, intercept: space.intercept))
    }

    /// Adds the record's gradients to the batch's, and updates where the batch is full.
    @inline(__always)
    private mutating func accumulate(_ factor: Float) -> LearningOutcome.Result {
        for position in 0..<record.count { batch.add(record[position].index, record[position].value * factor) }
        guard (recordsLearned &+ 1) % UInt64(configuration.batch) == 0 else { return .pending }
        let isKept = table.update(batch, rule: rule, interceptRule: interceptRule, intercept: space.intercept)
        batch.removeAll()
        return outcome(isKept: isKept)
    }

    private mutating func outcome(isKept: Bool) -> LearningOutcome.Result {
        if isKept { return .updated }
        updatesRefused &+= 1
        return .refused
    }

    private mutating func refused() -> LearningOutcome {
        updatesRefused &+= 1
        return LearningOutcome(loss: 0, result: .refused)
    }
}

extension CoordinateTable {
    /// One step of each coordinate with a gradient; all of them or none.
    @inline(__always)
    fileprivate mutating func update(
        _ gradients: borrowing CoordinateList, rule: FTRLRule, interceptRule: FTRLRule, intercept: Int
    ) -> Bool {
        let changed = stage(gradients.count)
        var sound = true
        for position in 0..<gradients.count {
            let gradient = gradients[position]
            let row = self[gradient.index]
            var (sum, squares) = (row[0], row[1])
            let rule = Int(gradient.index) == intercept ? interceptRule : rule
            let weight = rule.weight(sum: sum, squares: squares)
            rule.update(sum: &sum, squares: &squares, weight: weight, gradient: gradient.value)
            if !(abs(sum) < Parameters.largestMagnitude && squares < Parameters.largestMagnitude) { sound = false }
            changed[2 * position] = sum
            changed[2 * position + 1] = squares
        }
        if sound { keep(gradients) }
        return sound
    }
}

extension FTRLModel {
    public func save(to archive: inout StateArchive, under prefix: String) {
        table.save(to: &archive, under: prefix)
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        target.save(to: &archive, under: prefix)
        if configuration.batch > 1 { batch.save(to: &archive, under: prefix + "/batch") }
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters(prefix + "/counters", count: 2)
        let statistics = try target.statistics(in: archive, under: prefix)
        var sums = CoordinateList(capacity: 1)
        if configuration.batch > 1 {
            try sums.restore(from: archive, under: prefix + "/batch", coordinates: space.count)
        }
        try table.restore(from: archive, under: prefix) { $0[1] >= 0 }
        batch = sums
        target.restore(statistics)
        recordsLearned = counters[0]
        updatesRefused = counters[1]
    }
}
