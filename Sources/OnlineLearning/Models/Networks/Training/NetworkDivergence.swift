/// The early guard against divergence: what an update must not do to the loss of the records that it learned from.
enum NetworkDivergence {
    static let largestGrowth = 1000.0
    /// A loss below this counts as this: from next to nothing to a thousand times that is no divergence.
    static let smallestLoss = 0.01

    /// Whether the loss grows a thousandfold, or isn't finite any more.
    @inline(__always)
    static func grows(_ before: Double, to after: Double) -> Bool {
        !(after <= largestGrowth * max(before, smallestLoss))
    }
}
