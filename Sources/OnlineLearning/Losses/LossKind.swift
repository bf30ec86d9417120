/// What a model is told that it did wrong, as a function of its margin (the weighted sum before any link).
public enum LossKind: String, CaseIterable, Sendable, Hashable {
    /// Two classes; the margin is the log odds of the positive one.
    case logistic
    /// Regression; half the squared residual.
    case squared
    /// Regression; squared near 0, linear beyond.
    case huber
    /// Two classes; the margin wants to be beyond 1 on the right side.
    case hinge

    /// True where targets are 0 and 1, false where they are values.
    public var isForClasses: Bool {
        switch self {
        case .logistic, .hinge: true
        case .squared, .huber: false
        }
    }

    /// The loss at `margin`.
    /// - Parameters:
    ///   - target: 0 or 1 for two classes, else the value.
    ///   - huberDelta: where Huber's loss becomes linear; in the target's unit; above 0.
    /// - Shape: scalars. Cost: O(1), allocates nothing. Finite for any finite margin whose square is.
    @inline(__always)
    public func value(margin: Double, target: Double, huberDelta: Double = 1) -> Double {
        switch self {
        case .logistic: LogisticLoss.value(margin: margin, target: target)
        case .squared: SquaredLoss.value(margin: margin, target: target)
        case .huber: HuberLoss.value(margin: margin, target: target, delta: huberDelta)
        case .hinge: HingeLoss.value(margin: margin, target: target)
        }
    }

    /// The loss's derivative by the margin.
    @inline(__always)
    public func gradient(margin: Double, target: Double, huberDelta: Double = 1) -> Double {
        switch self {
        case .logistic: LogisticLoss.gradient(margin: margin, target: target)
        case .squared: SquaredLoss.gradient(margin: margin, target: target)
        case .huber: HuberLoss.gradient(margin: margin, target: target, delta: huberDelta)
        case .hinge: HingeLoss.gradient(margin: margin, target: target)
        }
    }

    /// Loss and derivative of one record.
    @inline(__always)
    func valueAndGradient(margin: Double, target: Double, huberDelta: Double) -> (value: Double, gradient: Double) {
        if self == .logistic { return LogisticLoss.valueAndGradient(margin: margin, target: target) }
        return (
            value(margin: margin, target: target, huberDelta: huberDelta),
            gradient(margin: margin, target: target, huberDelta: huberDelta)
        )
    }

    /// The largest second derivative by the margin: what a normalized step is measured against.
    public var curvature: Double {
        switch self {
        case .logistic: 0.25
        case .squared, .huber, .hinge: 1
        }
    }
}
