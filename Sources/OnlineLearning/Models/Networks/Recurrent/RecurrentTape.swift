internal import LinearAlgebra

/// One sequence's way through a recurrent network, kept so that the gradient can go back over it.
struct RecurrentTape: ~Copyable {
    let cell: RecurrentCell
    let shape: RecurrentShape
    /// `[steps, width]`
    let inputs: Storage<Float>
    /// `[steps, gates]`: the gates' values, after bending.
    let gates: Storage<Float>
    /// `[1 + steps, hidden]`: the hidden state before each step, and after the last.
    let hidden: Storage<Float>
    /// `[1 + steps, hidden]`: LSTM's cells alike. GRU: row `1 + step` has the hidden state's part of the new gate's sum.
    let cells: Storage<Float>
    /// `[steps, hidden]`: LSTM's cells, bent.
    let bentCells: Storage<Float>
    /// `[gates]`: what the hidden state adds to a step's sums.
    let recurrent: Storage<Float>
    /// `[steps, gates]`: slopes at the gates' sums, by the inputs' part and by the hidden state's part.
    let inputSlopes: Storage<Float>
    let hiddenSlopes: Storage<Float>
    /// `[hidden]`: slopes at the hidden state, at the one before it, and at LSTM's cells.
    let stateSlope: Storage<Float>
    let priorSlope: Storage<Float>
    let cellSlope: Storage<Float>
    let outputs: Storage<Float>
    /// `[outputs]`: where the slopes of the loss belong before `backward`.
    let outputSlopes: Storage<Float>

    init(cell: RecurrentCell, shape: RecurrentShape) {
        self.cell = cell
        self.shape = shape
        let states = (shape.steps + 1) * shape.hidden
        inputs = Storage(repeating: 0, count: shape.steps * shape.width)
        gates = Storage(repeating: 0, count: shape.steps * shape.gates)
        hidden = Storage(repeating: 0, count: states)
        cells = Storage(repeating: 0, count: cell == .rnn ? 0 : states)
        bentCells = Storage(repeating: 0, count: cell == .lstm ? states : 0)
        recurrent = Storage(repeating: 0, count: shape.gates)
        inputSlopes = Storage(repeating: 0, count: shape.steps * shape.gates)
        hiddenSlopes = Storage(repeating: 0, count: cell == .gru ? shape.steps * shape.gates : 0)
        stateSlope = Storage(repeating: 0, count: shape.hidden)
        priorSlope = Storage(repeating: 0, count: shape.hidden)
        cellSlope = Storage(repeating: 0, count: shape.hidden)
        outputs = Storage(repeating: 0, count: shape.outputs)
        outputSlopes = Storage(repeating: 0, count: shape.outputs)
    }

    /// Runs over the first `steps` of `inputs` and computes `outputs` from the last hidden state.
    ///
    /// The inputs' part of all sums is one matrix product; only the hidden state's part has to wait for the step before.
    func forward(steps: Int, weights: UnsafePointer<Float>) {
        for step in 0..<steps {
            (gates.base + step * shape.gates).update(from: weights + shape.inputBiases, count: shape.gates)
        }
        Matrices.product(
            inputs.base, weights + shape.inputWeights, transposingSecond: true, into: gates.base, rows: steps,
            inner: shape.width, columns: shape.gates, adding: true)
        for step in 0..<steps {
            recurrent.base.update(from: weights + shape.hiddenBiases, count: shape.gates)
            Matrices.multiply(
                weights + shape.hiddenWeights, rows: shape.gates, columns: shape.hidden,
                by: hidden.base + step * shape.hidden, into: recurrent.base, adding: true)
            switch cell {
            case .rnn: rnnForward(step)
            case .gru: gruForward(step)
            case .lstm: lstmForward(step)
            }
        }
        outputs.base.update(from: weights + shape.headBiases, count: shape.outputs)
        Matrices.multiply(
            weights + shape.headWeights, rows: shape.outputs, columns: shape.hidden,
            by: hidden.base + steps * shape.hidden, into: outputs.base, adding: true)
    }

    /// Goes back from `outputSlopes` over the last `depth` of the steps that `forward` ran over. Cost: as `forward`.
    /// - Returns: False where the slopes aren't sound; `addGradient` isn't to be called then.
    func backward(steps: Int, depth: Int, weights: UnsafePointer<Float>) -> Bool {
        Matrices.multiplyTransposed(
            weights + shape.headWeights, rows: shape.outputs, columns: shape.hidden, by: outputSlopes.base,
            into: stateSlope.base)
        cellSlope.values.update(repeating: 0)
        var step = steps - 1
        while step >= steps - depth {
            switch cell {
            case .rnn: rnnBackward(step)
            case .gru: gruBackward(step)
            case .lstm: lstmBackward(step)
            }
            let slopes = (cell == .gru ? hiddenSlopes.base : inputSlopes.base) + step * shape.gates
            Matrices.multiplyTransposed(
                weights + shape.hiddenWeights, rows: shape.gates, columns: shape.hidden, by: slopes,
                into: priorSlope.base)
            if cell == .gru {
                let update = gates.base + step * shape.gates + shape.hidden
                for unit in 0..<shape.hidden { priorSlope[unit] += stateSlope[unit] * update[unit] }
            }
            stateSlope.base.update(from: priorSlope.base, count: shape.hidden)
            step -= 1
        }
        let first = (steps - depth) * shape.gates
        let square = Vectors.squaredNorm(inputSlopes.base + first, count: depth * shape.gates)
        let outputSquare = Vectors.squaredNorm(outputSlopes.base, count: shape.outputs)
        return square < NetworkParameters.largestMagnitude && outputSquare < NetworkParameters.largestMagnitude
    }

    /// Adds the gradient of the sequence to `gradient`, or puts it there. Cost: O(depth × parameters).
    func addGradient(steps: Int, depth: Int, into gradient: UnsafeMutablePointer<Float>, adding: Bool) {
        let first = steps - depth
        let inputSlope = inputSlopes.base + first * shape.gates
        let hiddenSlope = cell == .gru ? hiddenSlopes.base + first * shape.gates : inputSlope
        Matrices.product(
            inputSlope, transposingFirst: true, inputs.base + first * shape.width,
            into: gradient + shape.inputWeights, rows: shape.gates, inner: depth, columns: shape.width, adding: adding)
        Matrices.product(
            hiddenSlope, transposingFirst: true, hidden.base + first * shape.hidden,
            into: gradient + shape.hiddenWeights, rows: shape.gates, inner: depth, columns: shape.hidden,
            adding: adding)
        Matrices.sumRows(
            inputSlope, rows: depth, columns: shape.gates, into: gradient + shape.inputBiases, adding: adding)
        Matrices.sumRows(
            hiddenSlope, rows: depth, columns: shape.gates, into: gradient + shape.hiddenBiases, adding: adding)
        Matrices.product(
            outputSlopes.base, transposingFirst: true, hidden.base + steps * shape.hidden,
            into: gradient + shape.headWeights, rows: shape.outputs, inner: 1, columns: shape.hidden, adding: adding)
        Matrices.sumRows(
            outputSlopes.base, rows: 1, columns: shape.outputs, into: gradient + shape.headBiases, adding: adding)
    }
}
