public import Records

/// A factorization machine as it is declared.
public struct FactorizationMachineConfiguration: Sendable, Equatable {
    public var shape: InputShape
    /// Binary (logistic loss) or regression (squared loss).
    public var target: Target
    /// Factors of a coordinate; 1 or more.
    public var factors: Int
    public var optimizer: FactorizationOptimizer
    /// How much of the adaptive optimizer's mix is dealt out evenly after each record; from 0 to below 1.
    public var share: Double
    /// Factors begin uniformly spread around 0 with this standard deviation; above 0.
    public var initialDeviation: Double
    /// What the first factors of a coordinate follow from, together with the coordinate.
    public var seed: UInt64
    /// Whether a weight that belongs to no coordinate is learned.
    public var intercept: Bool
    /// Records an update; 1 or more.
    public var batch: Int
    /// Regression only: the target is learned in this scaling, and predictions are scaled back.
    public var targetScaling: ScalingKind

    public init(
        shape: InputShape, target: Target, factors: Int = 8, optimizer: FactorizationOptimizer = .adaptive(),
        share: Double = 0.01, initialDeviation: Double = 0.03, seed: UInt64 = 42, intercept: Bool = true,
        batch: Int = 1,
        targetScaling: ScalingKind = .standard
    ) {
        self.shape = shape
        self.target = target
        self.factors = factors
        self.optimizer = optimizer
        self.share = share
        self.initialDeviation = initialDeviation
        self.seed = seed
        self.intercept = intercept
        self.batch = batch
        self.targetScaling = targetScaling
    }
}
