internal import LinearAlgebra
public import Records

/// A network that learns what is usual: it tells a record by few numbers and back, and what it can't tell is unusual.
///
/// The score is half the squared distance between the record and what comes back, by the mean of what the record is told by,
/// plus the Kullback-Leibler divergence of that from the standard normal distribution. While it learns, a sample takes the
/// mean's place, drawn by the seed and the record's number. Labels aren't looked at.
/// - Shape: `[inputs]` to one score. Cost: O(parameters), six operations each to learn; allocates nothing after `init`.
/// - Source: Kingma and Welling, "Auto-encoding variational Bayes" (ICLR 2014).
public struct VariationalAutoencoder: ~Copyable, OnlineLearner {
    public let configuration: AutoencoderConfiguration
    public internal(set) var recordsLearned: UInt64 = 0
    public internal(set) var updatesRefused: UInt64 = 0

    /// The encoder's first, the decoder's behind them.
    var parameters: NetworkParameters
    /// Its outputs are the means, then the logarithms of the variances.
    let encoder: LayerStack
    let decoder: LayerStack
    /// `[batch, latent]`: what was drawn for each record of the batch.
    let noise: Storage<Float>
    /// `[batch, latent]`: slopes at the decoder's inputs.
    let latentSlopes: Storage<Float>
    let importances: Storage<Double>
    var quantile: QuantileMarkers
    /// The stamp of the input that stands in the row that the next record gets, 0 for none, and its score.
    let forwarded: Storage<UInt64>
    let forwardedScore: Storage<Double>

    public init(_ configuration: AutoencoderConfiguration) {
        precondition(configuration.batch >= 1 && configuration.latent >= 1, "sizes are 1 or more")
        precondition(configuration.quantile > 0 && configuration.quantile < 1, "a quantile is between 0 and 1")
        let batch = configuration.batch
        let hidden = configuration.hidden
        let bent = NetworkLayer.activation(configuration.activation)
        func plan(_ inputs: Int, _ widths: [Int], _ outputs: Int) -> NetworkPlan {
            let layers = widths.flatMap { [NetworkLayer.dense($0), bent] }
            let shape = ImageShape(channels: inputs, height: 1, width: 1)
            guard let plan = try? NetworkPlan(inputs: shape, layers: layers, outputs: outputs, batch: batch) else {
                preconditionFailure("the layers don't fit each other")
            }
            return plan
        }
        let encoderPlan = plan(configuration.width, hidden, 2 * configuration.latent)
        let decoderPlan = plan(configuration.latent, hidden.reversed(), configuration.width)
        self.configuration = configuration
        encoder = LayerStack(encoderPlan, batch: batch, seed: configuration.seed)
        decoder = LayerStack(decoderPlan, batch: batch, seed: configuration.seed)
        parameters = NetworkParameters(
            count: encoderPlan.parameters + decoderPlan.parameters, configuration: configuration.optimizer)
        noise = Storage(repeating: 0, count: batch * configuration.latent)
        latentSlopes = Storage(repeating: 0, count: batch * configuration.latent)
        importances = Storage(repeating: 0, count: batch)
        quantile = QuantileMarkers(share: configuration.quantile)
        forwarded = Storage(repeating: 0, count: 1)
        forwardedScore = Storage(repeating: 0, count: 1)
        var generator = SeededGenerator(seed: configuration.seed)
        for (start, plan) in [(0, encoderPlan), (encoderPlan.parameters, decoderPlan)] {
            for layer in plan.layers where layer.parameters > 0 {
                let first = start + layer.weights
                parameters.fill(first..<first + layer.parameters, fanIn: layer.fanIn, &generator)
            }
        }
    }

    /// The score that the configured share of records had at most, as the stream stands; infinite before the fifth record.
    public var threshold: Double { quantile.value }

    /// All weights and biases, the encoder's layers first, each layer's weights `[outputs, inputs]` before its biases. The
    /// encoder's last layer gives the means, then the logarithms of the variances. A copy.
    public var weights: [Float] { Array(UnsafeBufferPointer(start: parameters.weights, count: parameters.count)) }

    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        let isSound = forward(x)
        forwarded[0] = isSound ? x.stamp : 0
        return Prediction(score: forwardedScore[0], classIndex: -1)
    }

    /// Records that wait in the unfinished batch, which is also the row that the next record gets.
    @inline(__always)
    var row: Int { Int(recordsLearned % UInt64(configuration.batch)) }

    /// Encodes a record, decodes the mean of that, and keeps its score, which is finite.
    func forward(_ x: InputVector) -> Bool {
        let row = row
        let isSound = InputRow.copy(
            x, dense: configuration.inputs.dense, sparse: configuration.inputs.sparse, into: encoder.input(row: row))
        encoder.forward(row: row, weights: parameters.weights)
        decoder.input(row: row).update(from: encoder.output(row: row), count: configuration.latent)
        decoder.forward(row: row, weights: parameters.weights + encoder.parameters)
        let score = loss(row: row)
        forwardedScore[0] = score.isFinite ? score : Double(NetworkParameters.largestMagnitude)
        return isSound && score.isFinite
    }
}
