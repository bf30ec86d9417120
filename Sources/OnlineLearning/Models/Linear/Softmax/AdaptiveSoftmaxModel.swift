public import Records

/// Linear model of several classes that needs no step size: learners with four step sizes, each on the inputs as they are and
/// on inputs divided by the size of their gradients, mixed by how well each of them did lately.
///
/// - Shape: `[featureCount]` inputs to a probability for each class. Inputs are finite and at most 10,000 in magnitude, as
///   `FeatureScaler` makes them. Cost: O(8 × featureCount × classes) a record, allocates nothing after `init`.
/// - Source: as `AdaptiveLinearModel`.
public struct AdaptiveSoftmaxModel: ~Copyable, OnlineLearner {
    public let configuration: AdaptiveSoftmaxConfiguration
    public internal(set) var recordsLearned: UInt64 = 0
    public internal(set) var updatesRefused: UInt64 = 0

    let classes: Int
    var bank: StepSizeBank
    /// `[classes, coordinates]` sums of squared gradients.
    let scales: CoordinateScales
    var mix: SoftmaxMix
    /// `[classes]`
    let memories: Storage<ResidualMemory>
    var pending: PendingSoftmaxUpdate
    /// Of the record at hand, no state: its inputs, those divided by their scales for each class, and the steps of each class.
    let inputs: Storage<Float>
    let scaled: Storage<Float>
    let steps: Storage<Lanes>
    let stackerSteps: Storage<SIMD4<Float>>
    /// `[2]`: the stamp of the vector whose margins are at hand, 0 where they are nobody's; and whether these are finite. No state.
    private let atHand: Storage<UInt64>

    public init(_ configuration: AdaptiveSoftmaxConfiguration) {
        let classes = configuration.target.classes.count
        precondition(configuration.featureCount >= 0 && configuration.batch >= 1, "a batch has at least one record")
        precondition(classes >= 2, "a softmax is over two classes or more")
        self.configuration = configuration
        self.classes = classes
        let coordinates = configuration.featureCount + 1 + ResidualMemory.count
        bank = StepSizeBank(
            rows: classes, coordinates: coordinates, smallestStepSizeOfHalves: Float(configuration.smallestStepSize))
        scales = CoordinateScales(coordinates: classes * coordinates)
        mix = SoftmaxMix(classes: classes)
        memories = Storage(repeating: ResidualMemory(), count: classes)
        pending = PendingSoftmaxUpdate(classes: classes, coordinates: configuration.batch > 1 ? coordinates : 0)
        inputs = Storage(repeating: 0, count: coordinates)
        scaled = Storage(repeating: 0, count: classes * coordinates)
        steps = Storage(repeating: .zero, count: classes)
        stackerSteps = Storage(repeating: .zero, count: classes)
        atHand = Storage(repeating: 0, count: 2)
    }

    /// The prediction of the model as its last finished update left it. Changes nothing.
    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        let isFinite = compute(x)
        func probability(_ index: Int) -> Float { isFinite ? mix.mixed[index] : 1 / Float(classes) }
        var best = 0
        for index in 0..<classes {
            if probabilities.count == classes { probabilities[index] = probability(index) }
            if probability(index) > probability(best) { best = index }
        }
        if case .binary = configuration.target { return Prediction(score: Double(probability(1)), classIndex: best) }
        return Prediction(score: Double(probability(best)), classIndex: best)
    }

    /// Learns from one record, or puts it into the batch.
    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        guard let raw = label.target, weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        guard let target = Softmax.index(of: raw, classes: classes), weight > 0,
            weight <= Double(Parameters.largestMagnitude)
        else { return refused() }
        let isFinite = compute(x)
        guard isFinite else { return refused() }
        let loss = -Self.logarithm(max(mix.mixed[target], LaneLoss.smallestLikelihood))
        recordsLearned &+= 1
        let result = take(target, weight: Float(weight))
        forgetWhatIsAtHand()
        if result == .refused { updatesRefused &+= 1 }
        return LearningOutcome(loss: loss, result: result)
    }

    /// Everybody's margins and the mix of them, unless they are at hand; whether they are finite.
    private func compute(_ x: InputVector) -> Bool {
        if x.stamp != 0 && x.stamp == atHand[0] { return atHand[1] == 1 }
        let features = configuration.featureCount
        precondition(x.dense.count == features, "a row has one value a feature")
        for index in 0..<features { inputs[index] = x.dense[index] }
        inputs[features] = 1
        for index in 0..<classes {
            recall(index)
            mix.margins[index] = bank.margins(inputs.base, row: index)
        }
        let isFinite = mix.combine()
        atHand[0] = x.stamp
        atHand[1] = isFinite ? 1 : 0
        return isFinite
    }

    /// Puts what one class's errors were lately behind the inputs.
    @inline(__always)
    func recall(_ classIndex: Int) {
        let averages = memories[classIndex].averages
        inputs[configuration.featureCount + 1] = Float(averages.x)
        inputs[configuration.featureCount + 2] = Float(averages.y)
    }

    func forgetWhatIsAtHand() { atHand[0] = 0 }

    private mutating func refused() -> LearningOutcome {
        updatesRefused &+= 1
        return LearningOutcome(loss: 0, result: .refused)
    }
}
