internal import LinearAlgebra
public import Records

/// Linear or logistic regression that needs no step size: learners with eight step sizes run side by side, and what they say
/// is mixed by how well each of them did lately.
///
/// There are two or three banks of eight: on the inputs as they are, on inputs divided by the size of their gradients, and,
/// where there are few features, on the inputs and their products. What they say goes into means with fixed shares and into
/// stackers; these are mixed by a fixed share once more. Every word is held within what labels were like, so that no
/// learner that ran away can spoil the mix.
/// - Shape: `[featureCount]` inputs to one prediction. Inputs are finite and at most 10,000 in magnitude, as `FeatureScaler`
///   makes them. Cost: O(8 × inputs) a record, allocates nothing after `init`.
/// - Source: Herbster and Warmuth, Machine Learning 32 (1998); the grid of step sizes as in van Erven, Koolen and van der
///   Hoeven, JMLR 22 (2021).
public struct AdaptiveLinearModel: ~Copyable, OnlineLearner {
    public let configuration: AdaptiveLinearConfiguration
    public internal(set) var recordsLearned: UInt64 = 0
    public internal(set) var updatesRefused: UInt64 = 0

    var plain: StepSizeBank
    var scaled: StepSizeBank
    /// Without coordinates where there are no products.
    var products: StepSizeBank
    var scales: CoordinateScales
    var mix: ExpertMix
    var memory = ResidualMemory()
    var targetStatistics = FeatureStatistics()
    var labels = LabelRange()
    var pending: PendingUpdate
    let inputs: AdaptiveInputs
    /// `[1]`: that of the vector whose margins are at hand; 0 where they are nobody's. No state, as they aren't.
    let stamp: Storage<UInt64>

    public init(_ configuration: AdaptiveLinearConfiguration) {
        precondition(configuration.featureCount >= 0 && configuration.batch >= 1, "a batch has at least one record")
        precondition(
            configuration.loss.isForClasses == (configuration.target != .regression), "the loss is for other targets")
        self.configuration = configuration
        let step = Float(configuration.smallestStepSize)
        inputs = AdaptiveInputs(features: configuration.featureCount, hasProducts: configuration.hasProducts)
        plain = StepSizeBank(coordinates: inputs.linearCount, smallestStepSize: step)
        scaled = StepSizeBank(coordinates: inputs.linearCount, smallestStepSize: step)
        products = StepSizeBank(coordinates: configuration.hasProducts ? inputs.count : 0, smallestStepSize: step)
        scales = CoordinateScales(coordinates: inputs.linearCount)
        mix = ExpertMix(blocks: configuration.hasProducts ? 3 : 2, isLogistic: configuration.loss == .logistic)
        pending = PendingUpdate(
            linear: configuration.batch > 1 ? inputs.linearCount : 0,
            products: configuration.batch > 1 ? products.coordinates : 0,
            blocks: configuration.batch > 1 ? mix.blocks : 0)
        stamp = Storage(repeating: 0, count: 1)
    }

    /// The prediction of the model as its last finished update left it. Changes nothing.
    /// - Parameter probabilities: `[2]` for classes: those of the negative and of the positive one.
    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        compute(x)
        let output = Double(mix.last.mixed)
        guard configuration.loss.isForClasses else {
            return Prediction(score: unscaled(output.isFinite ? output : 0), classIndex: -1)
        }
        let score =
            !output.isFinite ? 0.5 : mix.isLogistic ? output : LogisticLoss.probability(margin: output)
        if probabilities.count == 2 {
            probabilities[0] = Float(1 - score)
            probabilities[1] = Float(score)
        }
        return Prediction(score: score, classIndex: score > 0.5 ? 1 : 0)
    }

    private func unscaled(_ output: Double) -> Double {
        configuration.loss == .poisson
            ? PoissonLoss.mean(margin: output) : configuration.targetScaling.unscale(output, targetStatistics)
    }

    /// Learns from one record, or puts it into the batch.
    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        guard let raw = label.target, weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        let largest = Double(Parameters.largestMagnitude)
        guard configuration.loss.accepts(raw), weight > 0, weight <= largest else { return refused() }
        let isScaled = !configuration.loss.isForClasses
        let target =
            isScaled && configuration.loss != .poisson ? configuration.targetScaling.scale(raw, targetStatistics) : raw
        compute(x)
        let loss = LaneLoss(
            kind: configuration.loss, shape: configuration.lossShape, target: Float(target), weight: Float(weight))
        let mixed = Double(mix.last.mixed)
        let result = mixed.isFinite ? take(loss) : .refused
        recordsLearned &+= 1
        // The limits, the memory and the scaling have changed with the weights.
        stamp[0] = 0
        guard result != .refused else {
            updatesRefused &+= 1
            return LearningOutcome(loss: mixed.isFinite ? loss.loss(mixed) : 0, result: .refused)
        }
        if isScaled {
            configuration.targetScaling.update(&targetStatistics, with: raw)
            labels.add(raw)
        }
        return LearningOutcome(loss: loss.loss(mixed), result: result)
    }

    /// Everybody's margins and the mix of them, unless they are at hand.
    @inline(__always)
    private func compute(_ x: InputVector) {
        if x.stamp != 0 && x.stamp == stamp[0] { return }
        precondition(x.dense.count == configuration.featureCount, "a row has one value a feature")
        inputs.fill(x.dense, memory)
        mix.margins[0] = plain.margins(inputs.values.base)
        mix.margins[1] = scaled.margins(inputs.values.base)
        if mix.blocks == 3 { mix.margins[2] = products.margins(inputs.values.base) }
        mix.combine(labels.limits(configuration, targetStatistics))
        stamp[0] = x.stamp
    }

    private mutating func refused() -> LearningOutcome {
        updatesRefused &+= 1
        return LearningOutcome(loss: 0, result: .refused)
    }
}
