public import Records

/// A linear model over dense and sparse coordinates as it is declared: there is nothing in it that has to be tuned.
public struct SparseLinearConfiguration: Sendable, Equatable {
    public var shape: InputShape
    /// Binary (logistic loss) or regression (squared loss).
    public var target: Target
    /// One learner with this step size, above 0. Nil: a bank of eight, mixed by how well each did lately.
    public var stepSize: Double?
    /// The step size of the bank's most careful learner, above 0.
    public var smallestStepSize: Double
    /// By how much the next learner's step size is larger; above 1.
    public var stepSizeRatio: Double
    /// How much of the mix is dealt out evenly after each record, so that it can turn round; from 0 to below 1.
    public var share: Double
    /// Whether a coordinate that is always 1 stands behind the others.
    public var intercept: Bool
    /// Records an update; 1 or more.
    public var batch: Int
    /// Regression only: the target is learned in this scaling, and predictions are scaled back.
    public var targetScaling: ScalingKind

    public init(
        shape: InputShape, target: Target, stepSize: Double? = nil, smallestStepSize: Double = 0x1p-8,
        stepSizeRatio: Double = 2.8284271247461903, share: Double = 0.01, intercept: Bool = true, batch: Int = 1,
        targetScaling: ScalingKind = .standard
    ) {
        self.shape = shape
        self.target = target
        self.stepSize = stepSize
        self.smallestStepSize = smallestStepSize
        self.stepSizeRatio = stepSizeRatio
        self.share = share
        self.intercept = intercept
        self.batch = batch
        self.targetScaling = targetScaling
    }
}
