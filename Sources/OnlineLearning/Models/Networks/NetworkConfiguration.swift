public import Records

/// A network of layers as it is declared: a multilayer perceptron, or a convolutional network over images.
public struct NetworkConfiguration: Sendable, Equatable {
    public var inputs: InputShape
    public var target: Target
    /// Hidden layers; a dense one with the target's outputs comes behind them by itself.
    public var layers: [NetworkLayer]
    /// Nil for the target's own: logistic, cross-entropy, squared. A regression may have `.huber`.
    public var loss: NetworkLoss?
    /// Networks take from it all but `normalizedSteps`; l1 and l2 are for biases too.
    public var optimizer: OptimizerConfiguration
    /// Records an update; 1 or more.
    public var batch: Int
    /// Regression only: the target is learned in this scaling, and predictions are scaled back.
    public var targetScaling: ScalingKind
    /// Where Huber's loss becomes linear; in the unit of the scaled target; above 0.
    public var huberDelta: Double
    /// Of the first weights and of dropout.
    public var seed: UInt64

    public init(
        inputs: InputShape, target: Target, layers: [NetworkLayer], loss: NetworkLoss? = nil,
        optimizer: OptimizerConfiguration = Self.defaultOptimizer, batch: Int = 1,
        targetScaling: ScalingKind = .standard, huberDelta: Double = 1, seed: UInt64 = 42
    ) {
        self.inputs = inputs
        self.target = target
        self.layers = layers
        self.loss = loss
        self.optimizer = optimizer
        self.batch = batch
        self.targetScaling = targetScaling
        self.huberDelta = huberDelta
        self.seed = seed
    }

    /// Adam with the step size of its paper.
    public static let defaultOptimizer = OptimizerConfiguration(kind: .adam, stepSize: 0.001)

    /// Checks that the layers fit each other and the inputs, without making a model.
    /// - Throws: `NetworkPlanError`, which names the layer.
    public func validate() throws(NetworkPlanError) { _ = try plan() }

    /// An image as it is; all other inputs as one row, the sparse ones behind the dense.
    func plan() throws(NetworkPlanError) -> NetworkPlan {
        let row = ImageShape(channels: inputs.dense + inputs.sparse, height: 1, width: 1)
        let outputs = NetworkTarget(target, loss: loss, scaling: targetScaling, huberDelta: huberDelta).outputs
        return try NetworkPlan(inputs: inputs.image ?? row, layers: layers, outputs: outputs, batch: batch)
    }
}

extension NetworkConfiguration {
    /// A multilayer perceptron: dense layers of these widths, each bent by `activation`.
    public static func perceptron(
        inputs: InputShape, target: Target, hidden: [Int] = [64, 32], activation: Activation = .relu,
        dropout: Double = 0
    ) -> Self {
        var layers: [NetworkLayer] = []
        for width in hidden {
            layers += [.dense(width), .activation(activation)]
            if dropout > 0 { layers.append(.dropout(dropout)) }
        }
        return Self(inputs: inputs, target: target, layers: layers)
    }

    /// A convolutional network: for each of `channels` a convolution of 3 × 3 that keeps the image's size, rectified, and a
    /// pool that halves it, as long as 4 × 4 places or more are left: with fewer, the layer behind can't tell what is where. Adam's steps are longer than a perceptron's: it has fewer
    /// weights.
    public static func convolutional(inputs: InputShape, target: Target, channels: [Int] = [8, 16]) -> Self {
        var layers: [NetworkLayer] = []
        var side = min(inputs.image?.height ?? 1, inputs.image?.width ?? 1)
        for count in channels {
            layers += [.convolution(channels: count, kernel: 3, padding: 1), .activation(.relu)]
            if side / 2 >= smallestSide {
                layers.append(.maxPool(2))
                side /= 2
            }
        }
        return Self(
            inputs: inputs, target: target, layers: layers,
            optimizer: OptimizerConfiguration(kind: .adam, stepSize: 0.0025))
    }

    private static var smallestSide: Int { 4 }
}
