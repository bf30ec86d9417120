/// What a support vector model minimizes.
public enum SupportVectorLoss: String, CaseIterable, Sendable, Hashable {
    /// Classes: how far the margin falls short of 1 on the right side.
    case hinge
    /// Classes: its square.
    case squaredHinge = "squared-hinge"
    /// Regression: how far the margin lies outside of a tube around the target.
    case epsilonInsensitive = "epsilon-insensitive"

    public var isForClasses: Bool { self != .epsilonInsensitive }

    /// How far the record is from a loss of 0, and the side on which the margin must go.
    /// - Parameter target: -1 or 1 for classes, else the value.
    @inline(__always)
    func shortfall(margin: Double, target: Double, epsilon: Double) -> (distance: Double, side: Double) {
        if isForClasses { return (max(0, 1 - target * margin), target) }
        return (max(0, abs(target - margin) - epsilon), target < margin ? -1 : 1)
    }

    @inline(__always)
    func value(distance: Double) -> Double { self == .squaredHinge ? distance * distance : distance }

    /// The magnitude of the loss's derivative by the margin.
    @inline(__always)
    func slope(distance: Double) -> Double {
        if self == .squaredHinge { return 2 * distance }
        return distance > 0 ? 1 : 0
    }
}
