#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif
public import Records

/// Logistic or linear regression over dense and sparse coordinates, which needs no step size: a bank of eight learners with
/// step sizes on a geometric grid, mixed by how well each did lately.
///
/// It starts at zero weights. With `stepSize` it is one learner, at an eighth of the memory.
/// - Shape: `InputShape` without steps to one prediction. Cost: O(coordinates that aren't 0) a record, whatever the size of the
///   space; 32 bytes a coordinate of the space, 4 for one learner. Allocates nothing but for a record (or batch) with more
///   coordinates than any before.
/// - Source: the mix is fixed share, Herbster and Warmuth (1998).
public struct SparseLinearModel: ~Copyable, OnlineLearner {
    public let configuration: SparseLinearConfiguration
    public private(set) var recordsLearned: UInt64 = 0
    public private(set) var updatesRefused: UInt64 = 0

    private let space: CoordinateSpace
    private var target: MarginTarget
    private var record: CoordinateList
    /// One of the two is there.
    private var single: SparseBank<OneLane>?
    private var bank: SparseBank<EightLanes>?

    public init(_ configuration: SparseLinearConfiguration) {
        precondition(configuration.batch >= 1, "a batch has at least one record")
        precondition(
            configuration.stepSize ?? 1 > 0 && configuration.smallestStepSize > 0 && configuration.stepSizeRatio > 1,
            "step sizes are above 0, and a ratio above 1")
        precondition(configuration.share >= 0 && configuration.share < 1, "a share is a part of the whole")
        self.configuration = configuration
        space = CoordinateSpace(configuration.shape, hasIntercept: configuration.intercept)
        target = MarginTarget(configuration.target, scaling: configuration.targetScaling)
        record = CoordinateList(capacity: configuration.shape.dense + 32)
        if let stepSize = configuration.stepSize {
            single = SparseBank(
                coordinates: space.count, isBinary: target.isBinary, batch: configuration.batch, share: 0
            ) { _ in stepSize }
            bank = nil
        } else {
            single = nil
            bank = SparseBank(
                coordinates: space.count, isBinary: target.isBinary, batch: configuration.batch,
                share: configuration.share
            ) { configuration.smallestStepSize * pow(configuration.stepSizeRatio, Double($0)) }
        }
    }

    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        if let output = single?.output(of: x, in: space) { return prediction(output, probabilities) }
        return prediction(bank?.output(of: x, in: space) ?? 0, probabilities)
    }

    @inline(__always)
    private func prediction(_ output: Float, _ probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        guard target.isBinary else { return target.prediction(margin: Double(output), probabilities: probabilities) }
        let score = output.isFinite ? Double(output) : 0.5
        target.fill(probabilities, positive: score)
        return Prediction(score: score, classIndex: score > 0.5 ? 1 : 0)
    }

    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        guard let raw = label.target, weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        guard let number = target.number(of: raw), weight > 0, weight <= Double(Parameters.largestMagnitude),
            space.gather(x, into: &record)
        else { return refused() }
        let isLast = (recordsLearned &+ 1) % UInt64(configuration.batch) == 0
        let outcome =
            single?.learn(record, number: number, weight: Float(weight), isLast: isLast)
            ?? bank?.learn(record, number: number, weight: Float(weight), isLast: isLast)
        guard let outcome, outcome.loss.isFinite else { return refused() }
        if outcome.result == .refused { updatesRefused &+= 1 } else { target.learned(raw) }
        recordsLearned &+= 1
        return outcome
    }

    private mutating func refused() -> LearningOutcome {
        updatesRefused &+= 1
        return LearningOutcome(loss: 0, result: .refused)
    }
}

extension SparseBank {
    @inline(__always)
    fileprivate func output(of x: InputVector, in space: CoordinateSpace) -> Float {
        var margins = space.hasIntercept ? row(UInt32(truncatingIfNeeded: space.intercept)) : Row(all: 0)
        for index in 0..<min(x.dense.count, space.dense) where x.dense[index] != 0 {
            margins += row(UInt32(truncatingIfNeeded: index)) * Row(all: x.dense[index])
        }
        for entry in x.sparse where Int(entry.index) < space.sparse {
            margins += row(UInt32(truncatingIfNeeded: space.dense + Int(entry.index))) * Row(all: entry.value)
        }
        return output(margins)
    }

    /// - Parameter isLast: whether the record ends its batch.
    /// - Returns: Nil where the record isn't sound and left no trace.
    @inline(__always)
    fileprivate mutating func learn(
        _ record: borrowing CoordinateList, number: Double, weight: Float, isLast: Bool
    ) -> LearningOutcome? {
        let norm = CoordinateNorm(record)
        guard let lesson = lesson(record, number: Float(number)) else { return nil }
        let output = Double(lesson.output)
        let loss =
            isBinary ? -log(number > 0.5 ? output : 1 - output) : SquaredLoss.value(margin: output, target: number)
        if records == 1 {
            let isKept = update(lesson, record, norm: norm, number: Float(number), weight: weight)
            return LearningOutcome(loss: loss, result: isKept ? .updated : .refused)
        }
        guard accumulate(lesson, record, norm: norm, number: Float(number), weight: weight) else { return nil }
        guard isLast else { return LearningOutcome(loss: loss, result: .pending) }
        return LearningOutcome(loss: loss, result: finishBatch() ? .updated : .refused)
    }
}

extension SparseLinearModel {
    public func save(to archive: inout StateArchive, under prefix: String) {
        single?.save(to: &archive, under: prefix)
        bank?.save(to: &archive, under: prefix)
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        target.save(to: &archive, under: prefix)
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters(prefix + "/counters", count: 2)
        let statistics = try target.statistics(in: archive, under: prefix)
        try single?.restore(from: archive, under: prefix)
        try bank?.restore(from: archive, under: prefix)
        target.restore(statistics)
        recordsLearned = counters[0]
        updatesRefused = counters[1]
    }
}
