/// The layers of a network with all shapes worked out, and how much memory they need.
struct NetworkPlan {
    private(set) var layers: [LayerPlan] = []
    private(set) var parameters = 0
    /// Floats of all activations, of scratch memory, and places of maxima, for the whole batch.
    private(set) var activations: Int
    private(set) var scratch = 0
    private(set) var places = 0
    /// The widest row that any layer takes or gives, and the largest columns of a convolution.
    private(set) var widest: Int
    private(set) var widestColumns = 0
    private var shape: ImageShape
    private let batch: Int

    /// - Parameter layers: hidden ones; a dense layer of `outputs` comes behind them.
    /// - Throws: `NetworkPlanError` for layers that don't fit each other.
    init(inputs: ImageShape, layers: [NetworkLayer], outputs: Int, batch: Int) throws(NetworkPlanError) {
        shape = inputs
        self.batch = batch
        activations = batch * inputs.count
        widest = inputs.count
        for (index, layer) in layers.enumerated() { try append(layer, at: index) }
        try append(.dense(outputs), at: layers.count)
    }

    private mutating func append(_ layer: NetworkLayer, at index: Int) throws(NetworkPlanError) {
        let input = shape
        switch layer {
        case .flatten:
            shape = ImageShape(channels: shape.count, height: 1, width: 1)
        case .dense(let width):
            guard width > 0 else { throw .notPositive(layer: index) }
            add(LayerPlan(operation: .dense, input: input, output: row(width)))
        case .convolution(let channels, let kernel, let stride, let padding):
            guard channels > 0, kernel > 0, stride > 0, padding >= 0 else { throw .notPositive(layer: index) }
            let height = (input.height + 2 * padding - kernel) / stride + 1
            let width = (input.width + 2 * padding - kernel) / stride + 1
            guard kernel <= min(input.height, input.width) + 2 * padding else { throw .windowTooLarge(layer: index) }
            add(
                LayerPlan(
                    operation: .convolution, input: input,
                    output: ImageShape(channels: channels, height: height, width: width), window: kernel,
                    stride: stride, padding: padding))
        case .maxPool(let side), .averagePool(let side):
            guard side > 0 else { throw .notPositive(layer: index) }
            guard side <= min(input.height, input.width) else { throw .windowTooLarge(layer: index) }
            let output = ImageShape(
                channels: input.channels, height: input.height / side, width: input.width / side)
            let isMax = if case .maxPool = layer { true } else { false }
            add(
                LayerPlan(
                    operation: isMax ? .maxPool : .averagePool, input: input, output: output, window: side,
                    stride: side))
        case .activation(let activation):
            add(LayerPlan(operation: .activation(activation), input: input, output: input))
        case .dropout(let rate):
            guard rate >= 0, rate < 1 else { throw .rateOutOfRange(layer: index) }
            add(LayerPlan(operation: .dropout, input: input, output: input, rate: Float(rate)))
        }
    }

    private func row(_ width: Int) -> ImageShape { ImageShape(channels: width, height: 1, width: 1) }

    private mutating func add(_ declared: LayerPlan) {
        var plan = declared
        plan.weights = parameters
        plan.biases = parameters + plan.parameters - plan.output.channels
        parameters += plan.parameters
        plan.source = layers.last?.result ?? 0
        plan.result = activations
        switch plan.operation {
        case .activation(let activation) where activation.worksInPlace && followsSums: plan.result = plan.source
        default: activations += batch * plan.output.count
        }
        plan.scratch = scratch
        plan.places = places
        switch plan.operation {
        case .convolution:
            scratch += plan.patch * plan.pixels
            widestColumns = max(widestColumns, plan.patch * plan.pixels)
        case .dropout: scratch += batch * plan.output.count
        case .maxPool: places += batch * plan.output.count
        case .dense, .averagePool, .activation: break
        }
        widest = max(widest, plan.output.count)
        shape = plan.output
        layers.append(plan)
    }

    /// Whether the last layer's results aren't needed again once they are bent.
    private var followsSums: Bool {
        switch layers.last?.operation {
        case .dense, .convolution: true
        case .maxPool, .averagePool, .activation, .dropout, nil: false
        }
    }
}

/// Layers that don't fit each other. A layer is named by its place, from 0; the place behind the last is the output's.
public enum NetworkPlanError: Error, Equatable, CustomStringConvertible {
    case notPositive(layer: Int)
    case windowTooLarge(layer: Int)
    case rateOutOfRange(layer: Int)

    public var description: String {
        switch self {
        case .notPositive(let layer): "layer \(layer) has a size that isn't above 0"
        case .windowTooLarge(let layer): "the window of layer \(layer) is larger than the image that reaches it"
        case .rateOutOfRange(let layer): "the dropout of layer \(layer) isn't from 0 to below 1"
        }
    }
}
