internal import LinearAlgebra

/// Layers one behind the other, with the memory for a batch: forward row by row, back for all rows at once.
///
/// It owns no parameters: they are handed in, so that an update can be tried before it is kept.
struct LayerStack: ~Copyable {
    let batch: Int
    let inputs: Int
    let outputs: Int
    let parameters: Int
    let plans: Storage<LayerPlan>
    let activations: Storage<Float>
    let scratch: Storage<Float>
    let places: Storage<Int32>
    /// Two blocks of `[batch, widest]`: slopes at a layer's results, and at its inputs.
    let slopes: Storage<Float>
    let columnSlopes: Storage<Float>
    let seed: UInt64
    let dropsOut: Bool

    init(_ plan: NetworkPlan, batch: Int, seed: UInt64) {
        self.batch = batch
        self.seed = seed
        inputs = plan.layers[0].input.count
        outputs = plan.layers[plan.layers.count - 1].output.count
        parameters = plan.parameters
        plans = Storage(repeating: plan.layers[0], count: plan.layers.count)
        for index in 0..<plan.layers.count { plans[index] = plan.layers[index] }
        activations = Storage(repeating: 0, count: plan.activations)
        scratch = Storage(repeating: 0, count: plan.scratch)
        places = Storage(repeating: 0, count: plan.places)
        slopes = Storage(repeating: 0, count: 2 * batch * plan.widest)
        columnSlopes = Storage(repeating: 0, count: plan.widestColumns)
        dropsOut = plan.layers.contains { $0.rate > 0 }
    }

    /// Where the inputs of a row belong: `[inputs]`.
    @inline(__always)
    func input(row: Int) -> UnsafeMutablePointer<Float> { activations.base + row * inputs }

    /// The results of a row after `forward`: `[outputs]`.
    @inline(__always)
    func output(row: Int) -> UnsafeMutablePointer<Float> {
        activations.base + plans[plans.count - 1].result + row * outputs
    }

    /// Where the slopes of the loss at a row's outputs belong before `backward`: `[outputs]`.
    @inline(__always)
    func outputSlope(row: Int) -> UnsafeMutablePointer<Float> { slopes.base + row * outputs }

    /// Computes one row's outputs from its inputs. Cost: O(parameters), for a convolution times its pixels.
    /// - Parameter drawing: what draws the values to leave out; nil to leave out none.
    func forward(row: Int, weights: UnsafePointer<Float>, drawing: SeededGenerator? = nil) {
        var generator = drawing
        for index in 0..<plans.count {
            let plan = plans[index]
            let input = activations.base + plan.source + row * plan.input.count
            let result = activations.base + plan.result + row * plan.output.count
            switch plan.operation {
            case .dense:
                result.update(from: weights + plan.biases, count: plan.output.count)
                Matrices.multiply(
                    weights + plan.weights, rows: plan.output.count, columns: plan.input.count, by: input,
                    into: result, adding: true)
            case .convolution: convolve(plan, input, into: result, weights)
            case .maxPool: poolMaxima(plan, input, into: result, places.base + plan.places + row * plan.output.count)
            case .averagePool: poolMeans(plan, input, into: result)
            case .activation(let activation): activation.apply(input, into: result, count: plan.output.count)
            case .dropout: dropOut(plan, row: row, input, into: result, &generator)
            }
        }
    }

    /// Writes the gradient of the rows' losses, whose slopes at the outputs were put into `outputSlope`, over all of
    /// `gradient`. The rows have been forward. Cost: about twice that of `forward` for each row.
    /// - Parameter inputSlope: gets the slopes at the inputs, `[rows, inputs]`; nil where nobody wants them.
    func backward(
        rows: Int, weights: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
        inputSlope: UnsafeMutablePointer<Float>? = nil
    ) {
        var slope = slopes.base
        var next = slopes.base + slopes.count / 2
        for index in (0..<plans.count).reversed() {
            let plan = plans[index]
            let input = activations.base + plan.source
            let result = activations.base + plan.result
            let isFirst = index == 0
            let target: UnsafeMutablePointer<Float>? = isFirst ? inputSlope : next
            switch plan.operation {
            case .dense: denseBackward(plan, rows, input, slope, weights, gradient, into: target)
            case .convolution: convolutionBackward(plan, rows, input, slope, weights, gradient, into: target)
            case .maxPool:
                guard let target else { continue }
                spreadMaxima(plan, rows, slope, into: target)
            case .averagePool:
                guard let target else { continue }
                spreadMeans(plan, rows, slope, into: target)
            case .activation(let activation):
                let count = rows * plan.output.count
                activation.multiplyDerivative(input: input, result: result, into: slope, count: count)
                if isFirst { inputSlope?.update(from: slope, count: count) }
                continue
            case .dropout:
                let count = rows * plan.output.count
                let mask = scratch.base + plan.scratch
                for place in 0..<count { slope[place] *= mask[place] }
                if isFirst { inputSlope?.update(from: slope, count: count) }
                continue
            }
            swap(&slope, &next)
        }
    }
}
