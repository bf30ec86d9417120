public import Records

/// A softmax regression as it is declared.
public struct SoftmaxConfiguration: Sendable, Equatable {
    public var featureCount: Int
    /// With two classes or more.
    public var target: Target
    public var optimizer: OptimizerConfiguration
    /// Records an update; 1 or more.
    public var batch: Int

    public init(
        featureCount: Int, target: Target, optimizer: OptimizerConfiguration = OptimizerConfiguration(), batch: Int = 1
    ) {
        self.featureCount = featureCount
        self.target = target
        self.optimizer = optimizer
        self.batch = batch
    }
}
