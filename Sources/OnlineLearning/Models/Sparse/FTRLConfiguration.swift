public import Records

/// An FTRL-Proximal model as it is declared.
public struct FTRLConfiguration: Sendable, Equatable {
    public var shape: InputShape
    /// Binary or regression.
    public var target: Target
    /// Above 0. The paper's alpha: a coordinate's first steps are about this long.
    public var stepSize: Double
    /// 0 or more. The paper's beta: added to the root of a coordinate's summed squared gradients, which its steps are
    /// divided by.
    public var damping: Double
    /// Weight of the sum of magnitudes: a coordinate whose gradients don't add up to more has the weight 0. Never on the
    /// intercept.
    public var l1: Double
    /// Weight of half the sum of squares. Never on the intercept.
    public var l2: Double
    /// Whether a coordinate that is always 1 stands behind the others.
    public var intercept: Bool
    /// Records an update; 1 or more.
    public var batch: Int
    /// Regression only: the target is learned in this scaling, and predictions are scaled back.
    public var targetScaling: ScalingKind

    public init(
        shape: InputShape, target: Target, stepSize: Double = 0.5, damping: Double = 1, l1: Double = 0, l2: Double = 0,
        intercept: Bool = true, batch: Int = 1, targetScaling: ScalingKind = .standard
    ) {
        self.shape = shape
        self.target = target
        self.stepSize = stepSize
        self.damping = damping
        self.l1 = l1
        self.l2 = l2
        self.intercept = intercept
        self.batch = batch
        self.targetScaling = targetScaling
    }
}
