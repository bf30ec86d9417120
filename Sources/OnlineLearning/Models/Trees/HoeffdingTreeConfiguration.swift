public import Records

/// A Hoeffding tree as it is declared.
public struct HoeffdingTreeConfiguration: Sendable, Equatable {
    /// What a leaf says of a record.
    public enum LeafPrediction: String, Sendable, CaseIterable {
        /// How often each class came, or the mean.
        case majority
        /// Naive Bayes over the leaf's normal distributions, or for a regression the leaf's linear model.
        case model
        /// The more of each, the smaller its loss in the leaf was of late: majority, naive Bayes, the classes of the last records,
        /// and a softmax regression; or the mean and the linear model.
        case adaptive
    }

    /// Dense values of a record.
    public var inputCount: Int
    /// Coordinates of the sparse space; 0 without one.
    public var sparseCount: Int
    /// The most inputs that stand for sparse coordinates, 1 or more: where there are more coordinates, they share inputs.
    public var sparseInputs: Int
    public var target: Target
    /// Weight that a leaf takes in between two looks for a split; above 0.
    public var gracePeriod: Double
    /// The chance that a split isn't the best one, between 0 and 1.
    public var splitConfidence: Double
    /// Below this difference two questions are held equally good, and one is asked: as a share of the largest difference possible,
    /// log2(classes) bits, or all of the variance; 0 or more.
    public var tieThreshold: Double
    public var leafPrediction: LeafPrediction
    /// What is left of a leaf's losses at each later record, above 0 and at most 1: how long the leaf remembers which of its
    /// predictions was better.
    public var lossFading: Double
    /// What is left of a record's class in `recent` predictions at each later record of the leaf; 0 or more, below 1.
    public var recentFading: Double
    /// The step size of a leaf's linear model, above 0.
    public var stepSize: Double
    /// Questions from the root to a leaf; 0 or more.
    public var maximumDepth: Int
    /// Questions and leaves, 1 or more; from here on the tree doesn't grow.
    public var maximumNodes: Int
    /// Bytes of the leaves' statistics. Where they don't suffice, the leaves with the least to win lose theirs: they go on
    /// predicting, but aren't split. There is always room for two.
    public var maximumBytes: Int
    public var seed: UInt64

    /// - Parameter stepSize: nil for 0.1, or 0.01 for a regression.
    public init(
        inputCount: Int, sparseCount: Int = 0, sparseInputs: Int = 64, target: Target,
        gracePeriod: Double = 200, splitConfidence: Double = 1e-7,
        tieThreshold: Double = 0.05, leafPrediction: LeafPrediction = .adaptive,
        lossFading: Double = 0.99, recentFading: Double = 0.8, stepSize: Double? = nil, maximumDepth: Int = 40,
        maximumNodes: Int = 10_001,
        maximumBytes: Int = 16 << 20, seed: UInt64 = 42
    ) {
        self.inputCount = inputCount
        self.sparseCount = sparseCount
        self.sparseInputs = sparseInputs
        self.target = target
        self.gracePeriod = gracePeriod
        self.splitConfidence = splitConfidence
        self.tieThreshold = tieThreshold
        self.leafPrediction = leafPrediction
        self.lossFading = lossFading
        self.recentFading = recentFading
        self.stepSize = stepSize ?? (target == .regression ? 0.01 : 0.1)
        self.maximumDepth = maximumDepth
        self.maximumNodes = maximumNodes
        self.maximumBytes = maximumBytes
        self.seed = seed
    }
}

extension HoeffdingTreeConfiguration {
    /// Dense values, and the inputs for sparse coordinates.
    var totalInputs: Int { inputCount + min(sparseCount, sparseInputs) }

    var inputs: TreeInputs { TreeInputs(dense: inputCount, sparse: sparseCount, limit: sparseInputs) }

    func check() {
        precondition(sparseCount >= 0 && sparseInputs >= 1, "no fewer than no coordinates")
        precondition(inputCount >= 0 && maximumDepth >= 0 && maximumNodes >= 1 && maximumBytes >= 0)
        precondition(target != .unlabelled, "a tree learns from labels")
        precondition(gracePeriod > 0 && tieThreshold >= 0 && stepSize > 0)
        precondition(splitConfidence > 0 && splitConfidence < 1, "a chance lies between 0 and 1")
        precondition(lossFading > 0 && lossFading <= 1 && (0..<1).contains(recentFading), "losses fade, or stay")
    }
}
