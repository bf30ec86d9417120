public import Records

/// A linear model as it is declared.
public struct LinearModelConfiguration: Sendable, Equatable {
    public var featureCount: Int
    public var target: Target
    /// One of those for classes with classes, of those for values with a regression.
    public var loss: LossKind
    public var optimizer: OptimizerConfiguration
    /// Records an update; 1 or more.
    public var batch: Int
    /// Regression only: the target is learned in this scaling, and predictions are scaled back. Counts under the Poisson loss
    /// aren't scaled.
    public var targetScaling: ScalingKind
    public var lossShape: LossShape

    /// - Parameter loss: nil for logistic with classes and squared with a regression.
    public init(
        featureCount: Int, target: Target, loss: LossKind? = nil,
        optimizer: OptimizerConfiguration = OptimizerConfiguration(), batch: Int = 1,
        targetScaling: ScalingKind = .standard, huberDelta: Double = 1,
        quantile: Double = 0.5, tolerance: Double = 0.1
    ) {
        self.featureCount = featureCount
        self.target = target
        self.loss = loss ?? (target == .regression ? .squared : .logistic)
        self.optimizer = optimizer
        self.batch = batch
        self.targetScaling = self.loss == .poisson ? .none : targetScaling
        lossShape = LossShape(huberDelta: huberDelta, quantile: quantile, tolerance: tolerance)
    }
}
