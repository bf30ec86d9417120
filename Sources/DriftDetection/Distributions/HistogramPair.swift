/// The reference's and the current window's histogram over the same bins.
///
/// - Shape: `edges` are the upper edges, the edge among the values below it, of all number bins but the last, which is
///   open; empty for categories. Both histograms have two bins more than edges (or one a category, then others), and
///   last the missing.
public struct HistogramPair: Sendable, Hashable {
    public var edges: [Double]
    /// Records a bin, the missing last.
    public var reference: [Double]
    public var current: [Double]

    public init(edges: [Double], reference: [Double], current: [Double]) {
        self.edges = edges
        self.reference = reference
        self.current = current
    }
}
