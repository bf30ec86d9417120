internal import Glibc
public import Records

/// An adaptive random forest as it is declared.
public struct AdaptiveRandomForestConfiguration: Sendable, Equatable {
    /// Dense values of a record.
    public var inputCount: Int
    /// Coordinates of the sparse space; 0 without one. How many inputs stand for them is told by `tree.sparseInputs`.
    public var sparseCount: Int
    public var target: Target
    /// 1 or more.
    public var trees: Int
    /// How often a tree learns a record, in the mean: each time it is drawn from the Poisson distribution; above 0, at most 100.
    public var bagging: Double
    /// The share of the inputs that a leaf watches, above 0 and at most 1.
    public var subspace: Double
    /// The confidence of the change at which a tree begins to grow a successor, between 0 and 1; 0 for none.
    public var warningDelta: Double
    /// The confidence of the change at which the successor takes its place, between 0 and 1; 0 for never.
    public var driftDelta: Double
    /// What is left of a tree's losses at each later record, above 0 and below 1: how long the forest remembers which trees
    /// were good.
    public var lossFading: Double
    /// How much a worse tree's vote loses: it counts e^-(sharpness × loss), the loss being the tree's mean one of late, of a
    /// regression as a multiple of the forest's; 0 or more.
    public var sharpness: Double
    /// The step sizes of the leaves' linear models go from the first tree's to the last one's by equal factors, so that one of the
    /// trees has one that suits the stream; above 0.
    public var smallestStepSize: Double
    public var largestStepSize: Double
    /// How each tree grows; its step size, inputs, target and seed are the forest's.
    public var tree: HoeffdingTreeConfiguration
    public var seed: UInt64

    /// - Parameters:
    ///   - sharpness: nil for 20, or 5 for a regression.
    ///   - smallestStepSize: nil for 0.003, or 0.001 for a regression.
    ///   - largestStepSize: nil for 1, or 0.1 for a regression.
    ///   - tree: nil for trees that look for a split after a weight of 50, or 300 for a regression.
    public init(
        inputCount: Int, sparseCount: Int = 0, target: Target, trees: Int = 10, bagging: Double = 6,
        subspace: Double = 0.6,
        warningDelta: Double = 0.01, driftDelta: Double = 0.001, lossFading: Double = 0.99, sharpness: Double? = nil,
        smallestStepSize: Double? = nil, largestStepSize: Double? = nil, tree: HoeffdingTreeConfiguration? = nil,
        seed: UInt64 = 42
    ) {
        let isRegression = target == .regression
        self.inputCount = inputCount
        self.sparseCount = sparseCount
        self.target = target
        self.trees = trees
        self.bagging = bagging
        self.subspace = subspace
        self.warningDelta = warningDelta
        self.driftDelta = driftDelta
        self.lossFading = lossFading
        self.sharpness = sharpness ?? (isRegression ? 5 : 20)
        self.smallestStepSize = smallestStepSize ?? (isRegression ? 0.001 : 0.003)
        self.largestStepSize = largestStepSize ?? (isRegression ? 0.1 : 1)
        self.tree =
            tree
            ?? HoeffdingTreeConfiguration(
                inputCount: inputCount, sparseCount: sparseCount, target: target,
                gracePeriod: isRegression ? 300 : 50,
                splitConfidence: isRegression ? 0.0001 : 0.01, tieThreshold: isRegression ? 0.03 : 0.04,
                maximumBytes: 4 << 20)
        self.seed = seed
    }

    /// From the smallest to the largest by equal factors, so that one of the trees has one that suits the stream.
    func stepSize(of tree: Int) -> Double {
        let share = trees > 1 ? Double(tree) / Double(trees - 1) : 0.5
        return smallestStepSize * pow(largestStepSize / smallestStepSize, share)
    }

    func check() {
        precondition(trees >= 1 && bagging > 0 && bagging <= 100, "a forest has a tree, and learns")
        precondition(subspace > 0 && subspace <= 1, "a leaf watches an input, and at most all")
        precondition((0..<1).contains(warningDelta) && (0..<1).contains(driftDelta))
        precondition(lossFading > 0 && lossFading < 1 && sharpness >= 0, "losses fade")
        precondition(smallestStepSize > 0 && largestStepSize >= smallestStepSize, "there is a step")
    }
}
