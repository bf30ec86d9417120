/// One layer with its shapes, and where its numbers stand.
struct LayerPlan {
    enum Operation {
        case dense
        case convolution
        case maxPool
        case averagePool
        case activation(Activation)
        case dropout
    }

    var operation: Operation
    var input: ImageShape
    var output: ImageShape
    /// Side of a square window, how far it moves, and the zeros around the image.
    var window = 1
    var stride = 1
    var padding = 0
    /// Dropout's probability.
    var rate: Float = 0
    /// Offsets into the block of parameters.
    var weights = 0
    var biases = 0
    /// Offsets of inputs and results, `[batch, count]` each, into the activations; the same where it works in place.
    var source = 0
    var result = 0
    /// Offset into the scratch memory: the columns of a convolution, the mask of dropout.
    var scratch = 0
    /// Offset into the places of maxima.
    var places = 0

    /// Inputs that one sum of a convolution has.
    var patch: Int { input.channels * window * window }
    var pixels: Int { output.height * output.width }

    /// Weights and biases.
    var parameters: Int {
        switch operation {
        case .dense: (input.count + 1) * output.count
        case .convolution: (patch + 1) * output.channels
        case .maxPool, .averagePool, .activation, .dropout: 0
        }
    }

    /// Inputs of one sum, by which the first weights are scaled.
    var fanIn: Int {
        if case .convolution = operation { return patch }
        return input.count
    }
}
