/// A variational autoencoder as it is declared.
public struct AutoencoderConfiguration: Sendable, Equatable {
    /// Dense values, and sparse ones of few coordinates, which are written out.
    public var inputs: InputShape
    /// Widths of the encoder's layers from the inputs on; the decoder has them in reverse.
    public var hidden: [Int]
    /// Numbers that a record is told by; 1 or more.
    public var latent: Int
    public var activation: Activation
    /// All but `normalizedSteps`; l1 and l2 are for biases too.
    public var optimizer: OptimizerConfiguration
    /// Records an update; 1 or more.
    public var batch: Int
    /// The share of scores that lie below the threshold; between 0 and 1.
    public var quantile: Double
    /// Of the first weights and of what is drawn while it learns.
    public var seed: UInt64

    public init(
        inputs: InputShape, hidden: [Int] = [16], latent: Int = 4, activation: Activation = .relu,
        optimizer: OptimizerConfiguration = Self.defaultOptimizer, batch: Int = 1, quantile: Double = 0.99,
        seed: UInt64 = 42
    ) {
        self.inputs = inputs
        self.hidden = hidden
        self.latent = latent
        self.activation = activation
        self.optimizer = optimizer
        self.batch = batch
        self.quantile = quantile
        self.seed = seed
    }

    /// Adam; a gradient longer than 1 is shortened, so that a record that is far out can't pull the model to itself.
    public static let defaultOptimizer = OptimizerConfiguration(kind: .adam, stepSize: 0.001, clip: 1)

    var width: Int { inputs.dense + inputs.sparse }
}
