/// Which columns a model gets to see; the others are 0.
///
/// Every `every` records the choice is made anew, from all records so far; before the first time every column is kept. Sparse
/// coordinates and a sequence's steps aren't chosen among.
public struct FeatureSelection: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Those whose variance, before any scaling, is above `threshold`.
        case variance
        /// The `keep` whose correlation with the label is the largest in magnitude; of several classes, with the one where it
        /// is the largest.
        case correlation
        /// The `keep` that tell the most of the label, measured in eight bins of each.
        case mutualInformation = "mutual-information"
    }

    public var kind: Kind
    public var threshold: Double
    public var keep: Int
    /// Records between two choices; labelled ones, where the label is asked.
    public var every: Int

    public init(_ kind: Kind, threshold: Double = 0, keep: Int = 10, every: Int = 500) {
        self.kind = kind
        self.threshold = threshold
        self.keep = keep
        self.every = every
    }
}
