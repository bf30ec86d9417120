internal import LinearAlgebra
public import Records

/// Linear model of several classes, which learns from the cross-entropy of their softmax.
///
/// It starts at zero weights, so equal records in equal order give equal bits.
/// - Shape: `[featureCount]` inputs to a probability for each class. Inputs are finite and at most 10,000 in magnitude, as
///   `FeatureScaler` makes them. Cost: O(featureCount × classes) a record, allocates nothing after `init`.
public struct SoftmaxModel: ~Copyable, OnlineLearner {
    public let configuration: SoftmaxConfiguration
    public internal(set) var recordsLearned: UInt64 = 0
    public internal(set) var updatesRefused: UInt64 = 0

    let classes: Int
    var parameters: Parameters
    /// The record's gradient; for batches, the sum of gradients so far.
    let gradient: Storage<Float>
    /// Sum of weight times squared norm over the unfinished batch.
    var batchNorm = 0.0
    var guarding = DivergenceGuard()
    /// `[classes]` margins, then probabilities, of the record at hand; no state.
    private let outputs: Storage<Double>

    public init(_ configuration: SoftmaxConfiguration) {
        let classes = configuration.target.classes.count
        precondition(configuration.featureCount >= 0 && configuration.batch >= 1, "a batch has at least one record")
        precondition(classes >= 2, "a softmax is over two classes or more")
        self.configuration = configuration
        self.classes = classes
        parameters = Parameters(
            featureCount: configuration.featureCount, rows: classes, configuration: configuration.optimizer)
        gradient = Storage(repeating: 0, count: parameters.stride)
        outputs = Storage(repeating: 0, count: classes)
    }

    /// The weights of one class in the order of the features, and then its intercept; a copy.
    public func weights(of classIndex: Int) -> [Float] {
        Array(
            UnsafeBufferPointer(
                start: parameters.weights + classIndex * parameters.rowStride, count: configuration.featureCount + 1))
    }

    /// The prediction of the model as its last finished update left it. Changes nothing.
    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        fillMargins(x.dense)
        let isFinite = Softmax.normalize(outputs.values).isFinite
        if !isFinite { outputs.values.update(repeating: 1 / Double(classes)) }
        if probabilities.count == classes {
            for index in 0..<classes { probabilities[index] = Float(outputs[index]) }
        }
        let best = Softmax.best(outputs.values)
        return Prediction(score: outputs[classes == 2 && isBinary ? 1 : best], classIndex: best)
    }

    /// Of two classes a score is the probability of the last one.
    private var isBinary: Bool { if case .binary = configuration.target { true } else { false } }

    /// Learns from one record, or puts it into the batch.
    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        guard let raw = label.target, weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        guard let target = Softmax.index(of: raw, classes: classes), weight > 0,
            weight <= Double(Parameters.largestMagnitude)
        else { return refused() }
        fillMargins(x.dense)
        let loss = Softmax.loss(UnsafeBufferPointer(outputs.values), of: target)
        let norm = 1 + (x.dense.baseAddress.map { Double(Vectors.squaredNorm($0, count: x.dense.count)) } ?? 0)
        guard loss.isFinite, weight * norm <= Double(Parameters.largestMagnitude) else { return refused() }
        Softmax.normalize(outputs.values)
        add(x.dense, target, weight)
        batchNorm += weight * norm
        recordsLearned &+= 1
        guard recordsLearned % UInt64(configuration.batch) == 0 else {
            return LearningOutcome(loss: loss, result: .pending)
        }
        let isKept = finish(x.dense, target, before: loss)
        if !isKept {
            updatesRefused &+= 1
            let largest = ScalingKind.largestScaled
            if norm <= largest * largest * Double(x.dense.count + 1) { guarding.halve() }
        }
        guarding.note(loss)
        return LearningOutcome(loss: loss, result: isKept ? .updated : .refused)
    }

    private func fillMargins(_ x: UnsafeBufferPointer<Float>) {
        precondition(x.count == configuration.featureCount, "a row has one value a feature")
        for index in 0..<classes {
            outputs[index] =
                x.baseAddress.map { parameters.margin($0, row: index) }
                ?? Double(parameters.weights[index * parameters.rowStride])
        }
    }

    /// Adds the record's gradient: probability minus target, times the inputs.
    private func add(_ x: UnsafeBufferPointer<Float>, _ target: Int, _ weight: Double) {
        for index in 0..<classes {
            let slope = Float(weight * (outputs[index] - (index == target ? 1 : 0)))
            let row = gradient.base + index * parameters.rowStride
            if let inputs = x.baseAddress { Vectors.axpy(slope, inputs, into: row, count: x.count) }
            row[x.count] += slope
        }
    }

    /// One update with the mean of the batch's gradients, taken back where it made the last record's loss a thousandfold.
    private mutating func finish(_ x: UnsafeBufferPointer<Float>, _ target: Int, before: Double) -> Bool {
        let part = 1 / Double(configuration.batch)
        let isKept = parameters.update(
            gradient.base, factor: part, curvature: Softmax.curvature, squaredNorm: batchNorm * part,
            stepFactor: guarding.stepFactor)
        gradient.values.update(repeating: 0)
        batchNorm = 0
        guard isKept else { return false }
        if configuration.optimizer.kind == .sgd && configuration.optimizer.normalizesSteps { return true }
        fillMargins(x)
        let after = Softmax.loss(UnsafeBufferPointer(outputs.values), of: target)
        guard guarding.allows(before: before, after: after) else {
            parameters.undo()
            return false
        }
        guarding.noteKept()
        return true
    }

    private mutating func refused() -> LearningOutcome {
        updatesRefused &+= 1
        return LearningOutcome(loss: 0, result: .refused)
    }
}
