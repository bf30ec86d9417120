internal import LinearAlgebra
public import Records

/// Linear or logistic regression that learns record by record.
///
/// It starts at zero weights, so equal records in equal order give equal bits.
/// - Shape: `[featureCount]` inputs to one prediction. Inputs are finite and at most 10,000 in magnitude, as
///   `FeatureScaler` makes them. Cost: O(featureCount) a record, allocates nothing after `init`.
public struct LinearModel: ~Copyable, Checkpointable {
    public let configuration: LinearModelConfiguration
    /// Records whose gradients were taken, those of an unfinished batch and of refused updates among them: it cuts the
    /// batches.
    public private(set) var recordsLearned: UInt64 = 0
    /// Updates and labels that weren't sound and left the model as it was.
    public private(set) var updatesRefused: UInt64 = 0

    private var parameters: Parameters
    /// The inputs of the record at hand with the intercept's 1; for batches, the sum of gradients so far.
    private let gradient: Storage<Float>
    /// Sum of weight times squared norm over the unfinished batch.
    private var batchNorm = 0.0
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
        guard isSound(raw), weight > 0 else { return refused() }
        let isScaled = !configuration.loss.isForClasses
        let target = isScaled ? configuration.targetScaling.scale(raw, targetStatistics) : raw
        let margin = margin(x)
        let (loss, gradient) = configuration.loss.valueAndGradient(
            margin: margin, target: target, huberDelta: configuration.huberDelta)
        let slope = weight * gradient
        guard margin.isFinite, abs(slope) <= Double(Parameters.largestMagnitude) else { return refused() }
        let result = configuration.batch == 1 ? apply(x, slope, weight) : accumulate(x, slope, weight)
        if isScaled && result != .refused { configuration.targetScaling.update(&targetStatistics, with: raw) }
        recordsLearned += 1
        return LearningOutcome(loss: loss, result: result)
    }

    /// One update from one record.
    @inline(__always)
    private mutating func apply(_ x: UnsafeBufferPointer<Float>, _ slope: Double, _ weight: Double)
        -> LearningOutcome.Result
    {
        copyInputs(x)
        let norm = configuration.optimizer.normalizesSteps ? squaredNorm(x) : 0
        let curvature = configuration.loss.curvature * weight
        if parameters.update(gradient.base, factor: slope, curvature: curvature, squaredNorm: norm) { return .updated }
        updatesRefused += 1
        return .refused
    }

    /// Adds the record's gradient to the batch's, and updates with their mean where the batch is full.
    private mutating func accumulate(_ x: UnsafeBufferPointer<Float>, _ slope: Double, _ weight: Double)
        -> LearningOutcome.Result
    {
        if let inputs = x.baseAddress {
            Vectors.axpy(Float(slope), inputs, into: gradient.base, count: x.count)
        }
        gradient[x.count] += Float(slope)
        batchNorm += weight * squaredNorm(x)
        let batch = UInt64(configuration.batch)
        guard (recordsLearned + 1) % batch == 0 else { return .pending }
        let isKept = parameters.update(
            gradient.base, factor: 1 / Double(batch), curvature: configuration.loss.curvature,
            squaredNorm: batchNorm / Double(batch))
        gradient.values.update(repeating: 0)
        batchNorm = 0
        if isKept { return .updated }
        updatesRefused += 1
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

    /// Classes are 0 and 1; a value must fit Float32, so that its square can't overflow the statistics.
    private func isSound(_ label: Double) -> Bool {
        configuration.loss.isForClasses
            ? label == 0 || label == 1 : abs(label) <= Double(Float.greatestFiniteMagnitude)
    }

    private mutating func refused() -> LearningOutcome {
        updatesRefused += 1
        return LearningOutcome(loss: 0, result: .refused)
    }
}

extension LinearModel {
    public func save(to archive: inout StateArchive, under prefix: String) {
        parameters.save(to: &archive, under: prefix)
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        if configuration.target == .regression {
            let known = targetStatistics
            archive.put(prefix + "/target", doubles: [known.count, known.mean, known.spread, known.extreme])
        }
        if configuration.batch > 1 {
            archive.put(
                prefix + "/batch",
                floats: UnsafeBufferPointer(start: gradient.base, count: configuration.featureCount + 1))
            archive.put(prefix + "/batch-norm", doubles: [batchNorm])
        }
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters(prefix + "/counters", count: 2)
        var statistics = FeatureStatistics()
        if configuration.target == .regression {
            let known = try archive.doubles(prefix + "/target", count: 4)
            guard known.allSatisfy(\.isFinite) else {
                throw .impossible(name: prefix + "/target", reason: "not all of it is finite")
            }
            statistics.count = known[0]
            statistics.mean = known[1]
            statistics.spread = known[2]
            statistics.extreme = known[3]
        }
        var norm = 0.0
        var sums: [Float] = []
        if configuration.batch > 1 {
            sums = try archive.floats(prefix + "/batch", count: configuration.featureCount + 1)
            norm = try archive.doubles(prefix + "/batch-norm", count: 1)[0]
        }
        try parameters.restore(from: archive, under: prefix)
        gradient.base.update(from: sums, count: sums.count)
        batchNorm = norm
        targetStatistics = statistics
        recordsLearned = counters[0]
        updatesRefused = counters[1]
    }
}
