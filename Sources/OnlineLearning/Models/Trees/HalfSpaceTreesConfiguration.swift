/// Half-space trees as they are declared.
public struct HalfSpaceTreesConfiguration: Sendable, Equatable {
    /// Dense values of a record, scaled to 0 to 1.
    public var inputCount: Int
    /// Coordinates of the sparse space; 0 without one.
    public var sparseCount: Int
    /// The most inputs that stand for sparse coordinates, 1 or more: where there are more coordinates, they share inputs.
    public var sparseInputs: Int
    /// 1 or more.
    public var trees: Int
    /// Questions from a tree's root to a leaf, 1 to 16; a tree has 2^height leaves.
    public var height: Int
    /// Records between two looks at what is usual; 1 or more.
    public var window: Int
    /// What is left of the earlier windows' mass when another one is added; 0 for the paper's trees, which know only the last
    /// window, and below 1.
    public var fading: Double
    /// The share of the whole mass at which a region is small enough to be judged, 0 to 1.
    public var smallestShare: Double
    /// The share of records whose scores lie below `HalfSpaceTrees.threshold`, 0 to 1.
    public var thresholdQuantile: Double
    public var seed: UInt64

    public init(
        inputCount: Int, sparseCount: Int = 0, sparseInputs: Int = 64, trees: Int = 40, height: Int = 9,
        window: Int = 24, fading: Double = 0.75,
        smallestShare: Double = 0.1, thresholdQuantile: Double = 0.99, seed: UInt64 = 42
    ) {
        self.inputCount = inputCount
        self.sparseCount = sparseCount
        self.sparseInputs = sparseInputs
        self.trees = trees
        self.height = height
        self.window = window
        self.fading = fading
        self.smallestShare = smallestShare
        self.thresholdQuantile = thresholdQuantile
        self.seed = seed
    }
}

extension HalfSpaceTreesConfiguration {
    /// Dense values, and the inputs for sparse coordinates.
    var totalInputs: Int { inputCount + min(sparseCount, sparseInputs) }

    var inputs: TreeInputs { TreeInputs(dense: inputCount, sparse: sparseCount, limit: sparseInputs) }
}
