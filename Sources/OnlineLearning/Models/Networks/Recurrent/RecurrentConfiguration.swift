public import Records

/// A recurrent network over sequences as it is declared.
public struct RecurrentConfiguration: Sendable, Equatable {
    public var cell: RecurrentCell
    /// `dense` is the width of a step, `steps` the most that a sequence has: of a longer one the last ones count.
    public var inputs: InputShape
    public var target: Target
    /// Width of the hidden state; 1 or more.
    public var hidden: Int
    /// How many steps the gradient goes back at most (Williams and Peng, Neural Computation 2, 1990). Nil: all.
    public var truncation: Int?
    /// Nil for the target's own. A regression may have `.huber`.
    public var loss: NetworkLoss?
    /// All but `normalizedSteps`; l1 and l2 are for biases too.
    public var optimizer: OptimizerConfiguration
    /// Records an update; 1 or more.
    public var batch: Int
    /// Regression only: the target is learned in this scaling, and predictions are scaled back.
    public var targetScaling: ScalingKind
    /// Where Huber's loss becomes linear; in the unit of the scaled target; above 0.
    public var huberDelta: Double
    /// Of the first weights.
    public var seed: UInt64

    public init(
        cell: RecurrentCell, inputs: InputShape, target: Target, hidden: Int = 32, truncation: Int? = nil,
        loss: NetworkLoss? = nil, optimizer: OptimizerConfiguration = Self.defaultOptimizer, batch: Int = 1,
        targetScaling: ScalingKind = .standard, huberDelta: Double = 1, seed: UInt64 = 42
    ) {
        self.cell = cell
        self.inputs = inputs
        self.target = target
        self.hidden = hidden
        self.truncation = truncation
        self.loss = loss
        self.optimizer = optimizer
        self.batch = batch
        self.targetScaling = targetScaling
        self.huberDelta = huberDelta
        self.seed = seed
    }

    /// Adam; gradients longer than 1 are shortened, since those through many steps can explode (Pascanu, Mikolov and Bengio,
    /// ICML 2013).
    public static let defaultOptimizer = OptimizerConfiguration(kind: .adam, stepSize: 0.005, clip: 1)
}
