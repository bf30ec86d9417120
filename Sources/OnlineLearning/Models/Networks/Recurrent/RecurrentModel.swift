internal import LinearAlgebra
public import Records

/// A recurrent network over sequences of any length, with a dense head on its last hidden state.
///
/// The hidden state starts at 0 for every record. A record's gradient is taken when it is learned and added to its batch's,
/// since sequences differ in length.
/// - Shape: `[steps, width]` to one prediction. Cost: O(steps × (width + hidden) × gates), about three times that to learn;
///   allocates nothing after `init`.
/// - Source: Werbos, "Backpropagation through time", Proceedings of the IEEE 78 (1990).
public struct RecurrentModel: ~Copyable, OnlineLearner {
    public let configuration: RecurrentConfiguration
    public internal(set) var recordsLearned: UInt64 = 0
    public internal(set) var updatesRefused: UInt64 = 0

    var target: NetworkTarget
    /// Their gradient is the sum over the unfinished batch.
    var parameters: NetworkParameters
    let tape: RecurrentTape
    /// The stamp of the sequence that the tape holds; 0 for none.
    let forwarded: Storage<UInt64>

    public init(_ configuration: RecurrentConfiguration) {
        precondition(configuration.batch >= 1 && configuration.hidden >= 1, "sizes are 1 or more")
        precondition(configuration.inputs.steps >= 1 && configuration.inputs.dense >= 1, "a sequence has steps")
        precondition(configuration.inputs.sparse == 0, "steps of a sequence are dense")
        let target = NetworkTarget(
            configuration.target, loss: configuration.loss, scaling: configuration.targetScaling,
            huberDelta: configuration.huberDelta)
        let shape = RecurrentShape(configuration, outputs: target.outputs)
        self.configuration = configuration
        self.target = target
        tape = RecurrentTape(cell: configuration.cell, shape: shape)
        parameters = NetworkParameters(count: shape.parameters, configuration: configuration.optimizer)
        forwarded = Storage(repeating: 0, count: 1)
        var generator = SeededGenerator(seed: configuration.seed)
        parameters.fill(0..<shape.parameters, fanIn: shape.hidden, &generator)
    }

    /// All weights and biases: of the inputs `[gates × hidden, width]`, of the hidden state `[gates × hidden, hidden]`, both
    /// biases, the head's weights and biases; a copy.
    public var weights: [Float] { Array(UnsafeBufferPointer(start: parameters.weights, count: parameters.count)) }

    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        forward(x)
        return target.prediction(tape.outputs.base, probabilities)
    }

    /// The raw outputs before any link: the log odds, the classes' logits, or the value in the unit of the scaled target.
    /// - Parameter outputs: `[outputs of the network]`.
    public func outputs(_ x: InputVector, into outputs: UnsafeMutableBufferPointer<Float>) {
        forward(x)
        for index in 0..<min(outputs.count, tape.shape.outputs) { outputs[index] = tape.outputs[index] }
    }

    /// Runs over a sequence, over the last steps of one that is too long.
    /// - Returns: False where it has no steps, or values out of range.
    @inline(__always)
    @discardableResult
    func forward(_ x: InputVector) -> Bool {
        let width = tape.shape.width
        let steps = steps(of: x)
        let skipped = x.dense.count / width - steps
        var isSound = steps > 0 && x.steps * width == x.dense.count
        if let base = x.dense.baseAddress, steps > 0 {
            isSound =
                InputRow.copy(base + skipped * width, into: tape.inputs.base, count: steps * width) && isSound
        }
        tape.forward(steps: steps, weights: parameters.weights)
        forwarded[0] = isSound ? x.stamp : 0
        return isSound
    }

    @inline(__always)
    func steps(of x: InputVector) -> Int { min(x.dense.count / tape.shape.width, tape.shape.steps) }
}
