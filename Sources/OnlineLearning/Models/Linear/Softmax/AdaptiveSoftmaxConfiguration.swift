public import Records

/// An adaptive softmax regression as it is declared: there is nothing in it that has to be tuned.
public struct AdaptiveSoftmaxConfiguration: Sendable, Equatable {
    public var featureCount: Int
    /// With two classes or more.
    public var target: Target
    /// Records an update; 1 or more.
    public var batch: Int
    /// The step size of the most careful learner; each of the three others is 32 times the one before.
    public var smallestStepSize: Double

    public init(featureCount: Int, target: Target, batch: Int = 1, smallestStepSize: Double = 0x1p-10) {
        self.featureCount = featureCount
        self.target = target
        self.batch = batch
        self.smallestStepSize = smallestStepSize
    }
}
