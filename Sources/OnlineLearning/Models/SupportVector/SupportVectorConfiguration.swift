public import Records

/// A support vector model as it is declared.
public struct SupportVectorConfiguration: Sendable, Equatable {
    public var shape: InputShape
    /// Binary, multiclass (one model a class against the rest) or regression.
    public var target: Target
    /// The passive-aggressive methods know hinge and epsilon-insensitive only.
    public var loss: SupportVectorLoss
    public var method: SupportVectorMethod
    /// Regression only: half the width of the tube in which nothing is wrong; in the unit of the scaled target; 0 or more.
    public var epsilon: Double
    /// A kernel over the dense values; nil for none.
    public var fourierFeatures: FourierFeaturesConfiguration?
    /// Whether a coordinate that is always 1 stands behind the others; it is regularized like them.
    public var intercept: Bool
    /// Records an update; 1 or more.
    public var batch: Int
    /// Regression only: the target is learned in this scaling, and predictions are scaled back.
    public var targetScaling: ScalingKind

    /// - Parameters:
    ///   - loss: nil for hinge with classes and epsilon-insensitive with a regression.
    ///   - method: nil for PA-I with an aggressiveness of 0.1 for classes and 0.01 for a regression.
    public init(
        shape: InputShape, target: Target, loss: SupportVectorLoss? = nil,
        method: SupportVectorMethod? = nil, epsilon: Double = 0.1,
        fourierFeatures: FourierFeaturesConfiguration? = nil, intercept: Bool = true, batch: Int = 1,
        targetScaling: ScalingKind = .standard
    ) {
        self.shape = shape
        self.target = target
        self.loss = loss ?? (target == .regression ? .epsilonInsensitive : .hinge)
        self.method = method ?? .passiveAggressiveI(aggressiveness: Self.usualAggressiveness(target))
        self.epsilon = epsilon
        self.fourierFeatures = fourierFeatures
        self.intercept = intercept
        self.batch = batch
        self.targetScaling = targetScaling
    }

    /// How far one record may move the weights where nothing is given.
    public static func usualAggressiveness(_ target: Target) -> Double { target == .regression ? 0.01 : 0.1 }
}
