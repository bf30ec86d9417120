public import Records

/// A linear model as it is declared.
public struct LinearModelConfiguration: Sendable, Equatable {
    public var featureCount: Int
    public var target: Target
    /// Logistic or hinge for classes, squared or Huber for a regression.
    public var loss: LossKind
    public var optimizer: OptimizerConfiguration
    /// Records an update; 1 or more.
    public var batch: Int
    /// Regression only: the target is learned in this scaling, and predictions are scaled back.
    public var targetScaling: ScalingKind
    /// Where Huber's loss becomes linear; in the unit of the scaled target; above 0.
    public var huberDelta: Double

    /// - Parameter loss: nil for logistic with classes and squared with a regression.
    public init(
        featureCount: Int, target: Target, loss: LossKind? = nil,
        optimizer: OptimizerConfiguration = OptimizerConfiguration(), batch: Int = 1,
        targetScaling: ScalingKind = .standard, huberDelta: Double = 1
    ) {
        self.featureCount = featureCount
        self.target = target
        self.loss = loss ?? (target == .regression ? .squared : .logistic)
        self.optimizer = optimizer
        self.batch = batch
        self.targetScaling = targetScaling
        self.huberDelta = huberDelta
    }
}
