public import Records

/// An adaptive linear model as it is declared: there is nothing in it that has to be tuned.
public struct AdaptiveLinearConfiguration: Sendable, Equatable {
    public var featureCount: Int
    public var target: Target
    /// Logistic or a hinge for classes, any other for a regression.
    public var loss: LossKind
    /// Records an update; 1 or more.
    public var batch: Int
    /// Regression only: the target is learned in this scaling, and predictions are scaled back.
    public var targetScaling: ScalingKind
    public var lossShape: LossShape
    /// The step size of the most careful learner; each of the seven others is four times the one before.
    public var smallestStepSize: Double
    /// Up to so many features, their products are inputs too, for a second bank of learners. 0: never.
    public var productsUpTo: Int

    /// - Parameter loss: nil for logistic with classes and squared with a regression.
    public init(
        featureCount: Int, target: Target, loss: LossKind? = nil, batch: Int = 1,
        targetScaling: ScalingKind = .standard, lossShape: LossShape = LossShape(), smallestStepSize: Double = 0x1p-10,
        productsUpTo: Int = 28
    ) {
        self.featureCount = featureCount
        self.target = target
        self.loss = loss ?? (target == .regression ? .squared : .logistic)
        self.batch = batch
        self.targetScaling = self.loss == .poisson ? .none : targetScaling
        self.lossShape = lossShape
        self.smallestStepSize = smallestStepSize
        self.productsUpTo = productsUpTo
    }

    var hasProducts: Bool { featureCount > 0 && featureCount <= productsUpTo }
}
