#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif
public import Records

/// Logistic or linear regression with a weight for every pair of coordinates too, each the product of two vectors of factors.
///
/// So pairs that never came together are told of by those that did, and a pair costs nothing. With the default optimizer it
/// needs no step size.
/// - Shape: `InputShape` without steps to one prediction. Cost: O(coordinates that aren't 0 × factors) a record, whatever the
///   size of the space; 16 bytes × (1 + factors) a coordinate of the space, half of that with AdaGrad or FTRL. Allocates nothing
///   but for a record (or batch) with more coordinates than any before.
/// - Source: Rendle, "Factorization Machines", ICDM (2010).
public struct FactorizationMachine: ~Copyable, OnlineLearner {
    public let configuration: FactorizationMachineConfiguration
    public private(set) var recordsLearned: UInt64 = 0
    public private(set) var updatesRefused: UInt64 = 0

    private let space: CoordinateSpace
    private var target: MarginTarget
    /// One of the three is there.
    private var grid: FactorBank<GridFactorRule>?
    private var adagrad: FactorBank<AdaGradFactorRule>?
    private var ftrl: FactorBank<FTRLFactorRule>?

    public init(_ configuration: FactorizationMachineConfiguration) {
        precondition(configuration.batch >= 1, "a batch has at least one record")
        precondition(configuration.factors >= 1, "a coordinate has at least one factor")
        precondition(configuration.initialDeviation > 0, "factors that begin at 0 stay there")
        self.configuration = configuration
        space = CoordinateSpace(configuration.shape, hasIntercept: configuration.intercept)
        target = MarginTarget(configuration.target, scaling: configuration.targetScaling)
        grid = nil
        adagrad = nil
        ftrl = nil
        switch configuration.optimizer {
        case .adaptive(let smallest, let ratio):
            precondition(smallest > 0 && ratio > 1, "step sizes are above 0, and a ratio above 1")
            let steps = FourLanes { Float(smallest * pow(ratio, Double($0))) }
            grid = FactorBank(GridFactorRule(steps: steps), configuration, space: space, isBinary: target.isBinary)
        case .adagrad(let stepSize):
            precondition(stepSize > 0, "a step size is above 0")
            let rule = AdaGradFactorRule(stepSize: Float(stepSize))
            adagrad = FactorBank(rule, configuration, space: space, isBinary: target.isBinary)
        case .ftrl(let stepSize, let damping, let l1, let l2):
            precondition(stepSize > 0 && damping > 0, "step size and damping are above 0")
            let rule = FTRLFactorRule(rule: FTRLRule(stepSize: stepSize, damping: damping, l1: l1, l2: l2))
            ftrl = FactorBank(rule, configuration, space: space, isBinary: target.isBinary)
        }
    }

    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        let output =
            grid?.output(of: x, in: space) ?? adagrad?.output(of: x, in: space) ?? ftrl?.output(of: x, in: space)
        guard target.isBinary else {
            return target.prediction(margin: Double(output ?? .nan), probabilities: probabilities)
        }
        let score = output.map { $0.isFinite ? Double($0) : 0.5 } ?? 0.5
        target.fill(probabilities, positive: score)
        return Prediction(score: score, classIndex: score > 0.5 ? 1 : 0)
    }

    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        guard let raw = label.target, weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        guard let number = target.number(of: raw), weight > 0, weight <= Double(Parameters.largestMagnitude) else {
            return refused()
        }
        let isLast = (recordsLearned &+ 1) % UInt64(configuration.batch) == 0
        let outcome =
            grid?.learn(x, in: space, number: number, weight: Float(weight), isLast: isLast)
            ?? adagrad?.learn(x, in: space, number: number, weight: Float(weight), isLast: isLast)
            ?? ftrl?.learn(x, in: space, number: number, weight: Float(weight), isLast: isLast)
        guard let outcome else { return refused() }
        if outcome.result == .refused { updatesRefused &+= 1 } else { target.learned(raw) }
        recordsLearned &+= 1
        return outcome
    }

    private mutating func refused() -> LearningOutcome {
        updatesRefused &+= 1
        return LearningOutcome(loss: 0, result: .refused)
    }
}

extension FactorBank {
    /// Not a number where the record isn't sound.
    @inline(__always)
    fileprivate func output(of x: InputVector, in space: CoordinateSpace) -> Float {
        read(x, in: space) ? mix.mean(outputs) : .nan
    }

    /// - Parameter isLast: whether the record ends its batch.
    /// - Returns: Nil where the record isn't sound and left no trace.
    @inline(__always)
    fileprivate mutating func learn(
        _ x: InputVector, in space: CoordinateSpace, number: Double, weight: Float, isLast: Bool
    ) -> LearningOutcome? {
        guard read(x, in: space), let output = accumulate(number: Float(number), weight: weight).map(Double.init) else {
            return nil
        }
        let loss =
            isBinary ? -log(number > 0.5 ? output : 1 - output) : SquaredLoss.value(margin: output, target: number)
        guard isLast else { return LearningOutcome(loss: loss, result: .pending) }
        return LearningOutcome(loss: loss, result: finishBatch(number: Float(number)) ? .updated : .refused)
    }
}

extension FactorizationMachine {
    public func save(to archive: inout StateArchive, under prefix: String) {
        grid?.save(to: &archive, under: prefix)
        adagrad?.save(to: &archive, under: prefix)
        ftrl?.save(to: &archive, under: prefix)
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        target.save(to: &archive, under: prefix)
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters(prefix + "/counters", count: 2)
        let statistics = try target.statistics(in: archive, under: prefix)
        try grid?.restore(from: archive, under: prefix)
        try adagrad?.restore(from: archive, under: prefix)
        try ftrl?.restore(from: archive, under: prefix)
        target.restore(statistics)
        recordsLearned = counters[0]
        updatesRefused = counters[1]
    }
}
