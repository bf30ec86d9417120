internal import LinearAlgebra
public import Records

/// A feed-forward network that learns record by record: a multilayer perceptron, or a convolutional network.
///
/// A record goes forward once when it is predicted or learned, and back with the others of its batch. Which values dropout
/// leaves out follows from the seed and the record's number.
/// - Shape: `[inputs]` to one prediction. Cost: about two operations a parameter to predict and six to learn, for a
///   convolution times its pixels; allocates nothing after `init`.
/// - Source: Rumelhart, Hinton and Williams, Nature 323 (1986); LeCun et al., Proceedings of the IEEE 86 (1998).
public struct NetworkModel: ~Copyable, OnlineLearner {
    public let configuration: NetworkConfiguration
    public internal(set) var recordsLearned: UInt64 = 0
    public internal(set) var updatesRefused: UInt64 = 0

    var target: NetworkTarget
    var parameters: NetworkParameters
    let stack: LayerStack
    /// Of the records of the unfinished batch: what the loss is given, and their importance.
    let numbers: Storage<Double>
    let importances: Storage<Double>
    /// The stamp of the input whose outputs stand in the row that the next record gets; 0 for none.
    let forwarded: Storage<UInt64>

    /// - Parameter configuration: one that `validate` accepts.
    public init(_ configuration: NetworkConfiguration) {
        precondition(configuration.batch >= 1, "a batch has at least one record")
        guard let plan = try? configuration.plan() else { preconditionFailure("the layers don't fit each other") }
        let inputs = configuration.inputs.dense + configuration.inputs.sparse
        precondition(plan.layers[0].input.count == inputs, "an image is all inputs")
        self.configuration = configuration
        target = NetworkTarget(
            configuration.target, loss: configuration.loss, scaling: configuration.targetScaling,
            huberDelta: configuration.huberDelta)
        stack = LayerStack(plan, batch: configuration.batch, seed: configuration.seed)
        parameters = NetworkParameters(count: plan.parameters, configuration: configuration.optimizer)
        numbers = Storage(repeating: 0, count: configuration.batch)
        importances = Storage(repeating: 0, count: configuration.batch)
        forwarded = Storage(repeating: 0, count: 1)
        var generator = SeededGenerator(seed: configuration.seed)
        for layer in plan.layers where layer.parameters > 0 {
            parameters.fill(
                layer.weights..<layer.weights + layer.parameters, fanIn: layer.fanIn, &generator)
        }
    }

    /// All weights and biases, layer by layer: a layer's weights `[outputs, inputs]` or `[channels, channels, y, x]`, then its
    /// biases; a copy.
    public var weights: [Float] { Array(UnsafeBufferPointer(start: parameters.weights, count: parameters.count)) }

    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        target.prediction(forward(x), probabilities)
    }

    /// The raw outputs before any link: the log odds, the classes' logits, or the value in the unit of the scaled target.
    /// - Parameter outputs: `[outputs of the network]`.
    public func outputs(_ x: InputVector, into outputs: UnsafeMutableBufferPointer<Float>) {
        let found = forward(x)
        for index in 0..<min(outputs.count, stack.outputs) { outputs[index] = found[index] }
    }

    /// Records that wait in the unfinished batch, which is also the row that the next record gets.
    @inline(__always)
    var row: Int { Int(recordsLearned % UInt64(configuration.batch)) }

    @inline(__always)
    private func forward(_ x: InputVector) -> UnsafeMutablePointer<Float> {
        let isSound = copy(x, into: stack.input(row: row))
        stack.forward(row: row, weights: parameters.weights)
        forwarded[0] = isSound ? x.stamp : 0
        return stack.output(row: row)
    }

    @inline(__always)
    func copy(_ x: InputVector, into target: UnsafeMutablePointer<Float>) -> Bool {
        InputRow.copy(x, dense: configuration.inputs.dense, sparse: configuration.inputs.sparse, into: target)
    }
}
