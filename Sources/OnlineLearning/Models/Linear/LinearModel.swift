internal import LinearAlgebra
public import Records

/// Linear or logistic regression that learns record by record.
///
/// It starts at zero weights, so equal records in equal order give equal bits.
/// - Shape: `[featureCount]` inputs to one prediction. Inputs are finite and at most 10,000 in magnitude, as
///   `FeatureScaler` makes them. Cost: O(featureCount) a record, allocates nothing after `init`.
public struct LinearModel: ~Copyable, OnlineLearner {
    public let configuration: LinearModelConfiguration
    /// Records whose gradients were taken, those of an unfinished batch and of refused updates among them: it cuts the
    /// batches.
    public internal(set) var recordsLearned: UInt64 = 0
    /// Updates and labels that weren't sound and left the model as it was.
    public internal(set) var updatesRefused: UInt64 = 0

    var parameters: Parameters
    /// The inputs of the record at hand with the intercept's 1; for batches, the sum of gradients so far.
    let gradient: Storage<Float>
    /// Sum of weight times curvature times squared norm over the unfinished batch.
    var batchNorm = 0.0
    var guarding = DivergenceGuard()
    /// What the target is scaled with.
    var targetStatistics = FeatureStatistics()

    public init(_ configuration: LinearModelConfiguration) {
        precondition(configuration.featureCount >= 0 && configuration.batch >= 1, "a batch has at least one record")
        precondition(
            configuration.loss.isForClasses == (configuration.target != .regression), "the loss is for other targets")
        self.configuration = configuration
        parameters = Parameters(featureCount: configuration.featureCount, configuration: configuration.optimizer)
        gradient = Storage(repeating: 0, count: parameters.stride)
    }

    /// The weights in the order of the features; a copy.
    public var weights: [Float] {
        Array(UnsafeBufferPointer(start: parameters.weights, count: configuration.featureCount))
    }

    public var intercept: Float { parameters.weights[configuration.featureCount] }

    /// The weight of a feature, or the intercept behind them all.
    @inline(__always)
    func parameter(_ index: Int) -> Float { parameters.weights[index] }

    /// - Parameter value: below `Parameters.largestMagnitude` in magnitude.
    @inline(__always)
    mutating func replaceParameter(_ index: Int, with value: Float) { parameters.weights[index] = value }

    /// Copies the weights and the intercept behind them.
    func copyParameters(into target: inout [Float]) {
        for index in 0...configuration.featureCount { target[index] = parameters.weights[index] }
    }

    /// The prediction of the model as its last finished update left it. Changes nothing.
    public func predict(_ x: UnsafeBufferPointer<Float>) -> Prediction {
        let margin = margin(x)
        if configuration.loss.isForClasses {
            return Prediction(score: LogisticLoss.probability(margin: margin), classIndex: margin > 0 ? 1 : 0)
        }
        if configuration.loss == .poisson { return Prediction(score: PoissonLoss.mean(margin: margin), classIndex: -1) }
        return Prediction(score: configuration.targetScaling.unscale(margin, targetStatistics), classIndex: -1)
    }

    /// The weighted sum with the intercept, in the unit of the scaled target.
    public func margin(_ x: UnsafeBufferPointer<Float>) -> Double {
        precondition(x.count == configuration.featureCount, "a row has one value a feature")
        guard let inputs = x.baseAddress else { return Double(intercept) }
        return parameters.margin(inputs)
    }

    /// Learns from one record, or puts it into the batch.
    /// - Parameter weight: the record's importance, finite and 0 or more; 0 learns nothing.
    public mutating func learn(_ x: UnsafeBufferPointer<Float>, label: Label, weight: Double = 1) -> LearningOutcome {
        guard let raw = label.target, weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        guard configuration.loss.accepts(raw), weight > 0 else { return refused() }
        let isScaled = !configuration.loss.isForClasses
        let target =
            isScaled && configuration.loss != .poisson ? configuration.targetScaling.scale(raw, targetStatistics) : raw
        let margin = margin(x)
        let (loss, gradient) = configuration.loss.valueAndGradient(
            margin: margin, target: target, shape: configuration.lossShape)
        let slope = weight * gradient
        guard margin.isFinite, abs(slope) <= Double(Parameters.largestMagnitude), canWait(x) else { return refused() }
        let curvature = weight * configuration.loss.curvature(margin: margin, target: target)
        var result = configuration.batch == 1 ? apply(x, slope, curvature) : accumulate(x, slope, curvature)
        if mayDiverge && result != .refused {
            let before = configuration.loss.excess(margin: margin, target: target, shape: configuration.lossShape)
            if result == .updated { result = checked(x, target, before: before) }
            guarding.note(before)
        }
        if isScaled && result != .refused { configuration.targetScaling.update(&targetStatistics, with: raw) }
        recordsLearned &+= 1
        return LearningOutcome(loss: loss, result: result)
    }

    /// One update from one record.
    @inline(__always)
    private mutating func apply(_ x: UnsafeBufferPointer<Float>, _ slope: Double, _ curvature: Double)
        -> LearningOutcome.Result
    {
        copyInputs(x)
        let norm = configuration.optimizer.normalizesSteps ? squaredNorm(x) : 0
        let isKept = parameters.update(
            gradient.base, factor: slope, curvature: curvature, squaredNorm: norm, stepFactor: guarding.stepFactor)
        return isKept ? .updated : runaway(x)
    }

    /// Adds the record's gradient to the batch's, and updates with their mean where the batch is full.
    private mutating func accumulate(_ x: UnsafeBufferPointer<Float>, _ slope: Double, _ curvature: Double)
        -> LearningOutcome.Result
    {
        if let inputs = x.baseAddress {
            Vectors.axpy(Float(slope), inputs, into: gradient.base, count: x.count)
        }
        gradient[x.count] += Float(slope)
        batchNorm += curvature * squaredNorm(x)
        let batch = UInt64(configuration.batch)
        guard (recordsLearned &+ 1) % batch == 0 else { return .pending }
        let isKept = parameters.update(
            gradient.base, factor: 1 / Double(batch), curvature: 1,
            squaredNorm: batchNorm / Double(batch), stepFactor: guarding.stepFactor)
        gradient.values.update(repeating: 0)
        batchNorm = 0
        return isKept ? .updated : runaway(x)
    }

    /// Whether sums over a batch stay finite with this record.
    @inline(__always)
    private func canWait(_ x: UnsafeBufferPointer<Float>) -> Bool {
        configuration.batch == 1 || squaredNorm(x) <= Double(Parameters.largestMagnitude)
    }

    /// Whether an update may worsen the record's own loss: a plain normalized step can't, but where the loss's curvature grows.
    @inline(__always)
    private var mayDiverge: Bool {
        configuration.loss == .poisson || configuration.optimizer.kind != .sgd
            || !configuration.optimizer.normalizesSteps
    }

    /// Takes the update back where it made the record's loss a thousandfold.
    private mutating func checked(_ x: UnsafeBufferPointer<Float>, _ target: Double, before: Double)
        -> LearningOutcome.Result
    {
        let after = configuration.loss.excess(margin: margin(x), target: target, shape: configuration.lossShape)
        if guarding.allows(before: before, after: after) {
            guarding.noteKept()
            return .updated
        }
        parameters.undo()
        return runaway(x)
    }

    /// Counts a refused update, and halves the step size unless it was the record that wasn't as records are.
    private mutating func runaway(_ x: UnsafeBufferPointer<Float>) -> LearningOutcome.Result {
        let largest = ScalingKind.largestScaled
        if squaredNorm(x) <= largest * largest * Double(x.count + 1) { guarding.halve() }
        updatesRefused &+= 1
        return .refused
    }

    @inline(__always)
    private func copyInputs(_ x: UnsafeBufferPointer<Float>) {
        for index in 0..<x.count { gradient[index] = x[index] }
        gradient[x.count] = 1
    }

    /// With the intercept's 1.
    @inline(__always)
    private func squaredNorm(_ x: UnsafeBufferPointer<Float>) -> Double {
        guard let inputs = x.baseAddress else { return 1 }
        return 1 + Double(Vectors.squaredNorm(inputs, count: x.count))
    }

    private mutating func refused() -> LearningOutcome {
        updatesRefused &+= 1
        return LearningOutcome(loss: 0, result: .refused)
    }
}
