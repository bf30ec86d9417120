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
    /// Two classes; the square of the hinge.
    case squaredHinge = "squared-hinge"
    /// Regression; the margin is a quantile of the label.
    case quantile
    /// Regression; small residuals cost nothing.
    case epsilonInsensitive = "epsilon-insensitive"
    /// Regression of counts, 0 or more; the margin is the log of their mean.
    case poisson

    /// True where targets are 0 and 1, false where they are values.
    public var isForClasses: Bool {
        switch self {
        case .logistic, .hinge, .squaredHinge: true
        case .squared, .huber, .quantile, .epsilonInsensitive, .poisson: false
        }
    }

    /// The loss at `margin`.
    /// - Parameter target: 0 or 1 for two classes, else the value.
    /// - Shape: scalars. Cost: O(1), allocates nothing. Finite for any finite margin whose square is.
    @inline(__always)
    public func value(margin: Double, target: Double, shape: LossShape = LossShape()) -> Double {
        switch self {
        case .logistic: LogisticLoss.value(margin: margin, target: target)
        case .squared: SquaredLoss.value(margin: margin, target: target)
        case .huber: HuberLoss.value(margin: margin, target: target, delta: shape.huberDelta)
        case .hinge: HingeLoss.value(margin: margin, target: target)
        case .squaredHinge: SquaredHingeLoss.value(margin: margin, target: target)
        case .quantile: QuantileLoss.value(margin: margin, target: target, level: shape.quantile)
        case .epsilonInsensitive: InsensitiveLoss.value(margin: margin, target: target, tolerance: shape.tolerance)
        case .poisson: PoissonLoss.value(margin: margin, target: target)
        }
    }

    /// The loss's derivative by the margin.
    @inline(__always)
    public func gradient(margin: Double, target: Double, shape: LossShape = LossShape()) -> Double {
        switch self {
        case .logistic: LogisticLoss.gradient(margin: margin, target: target)
        case .squared: SquaredLoss.gradient(margin: margin, target: target)
        case .huber: HuberLoss.gradient(margin: margin, target: target, delta: shape.huberDelta)
        case .hinge: HingeLoss.gradient(margin: margin, target: target)
        case .squaredHinge: SquaredHingeLoss.gradient(margin: margin, target: target)
        case .quantile: QuantileLoss.gradient(margin: margin, target: target, level: shape.quantile)
        case .epsilonInsensitive: InsensitiveLoss.gradient(margin: margin, target: target, tolerance: shape.tolerance)
        case .poisson: PoissonLoss.gradient(margin: margin, target: target)
        }
    }

    /// Loss and derivative of one record.
    @inline(__always)
    func valueAndGradient(margin: Double, target: Double, shape: LossShape) -> (value: Double, gradient: Double) {
        if self == .logistic { return LogisticLoss.valueAndGradient(margin: margin, target: target) }
        return (
            value(margin: margin, target: target, shape: shape), gradient(margin: margin, target: target, shape: shape)
        )
    }
}
