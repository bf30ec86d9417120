/// How large the parts of a tree are; the same for all trees of a forest.
struct TreeShape: Sendable, Equatable {
    /// Dense values of a record, and the inputs for its sparse coordinates.
    let inputs: Int
    /// Inputs that one leaf watches, and may be split by; at most `inputs`.
    let observed: Int
    /// 0 for a regression.
    let classes: Int

    /// Doubles that every node keeps, leaf or not: the weight of each class; for a regression weight, mean and squared
    /// deviations.
    var summary: Int { classes > 0 ? classes : ValueSummary.count }
    /// Doubles that a leaf keeps while it may still be split.
    var leaf: Int { classes > 0 ? ClassLeaf.count(self) : ValueLeaf.count(self) }
    var leafBytes: Int { leaf * MemoryLayout<Double>.stride + observed * MemoryLayout<UInt32>.stride }
}
