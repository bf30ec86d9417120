extension LossKind {
    /// The largest second derivative by the margin, near this margin where there is no largest one: what a normalized step is
    /// measured against. 1 for the losses that are made of straight lines; for counts no less than the count, so that a margin
    /// never moves by more than 1.
    @inline(__always)
    public func curvature(margin: Double, target: Double) -> Double {
        switch self {
        case .logistic: 0.25
        case .squared, .huber, .hinge, .quantile, .epsilonInsensitive: 1
        case .squaredHinge: 2
        case .poisson: max(PoissonLoss.mean(margin: margin), target, 1)
        }
    }

    /// How far the loss is above the least that any margin has: the loss itself but for counts.
    @inline(__always)
    func excess(margin: Double, target: Double, shape: LossShape) -> Double {
        let loss = value(margin: margin, target: target, shape: shape)
        return self == .poisson ? max(loss - PoissonLoss.least(target: target), 0) : loss
    }

    /// Whether this can be a record's label: classes are 0 and 1, a value must fit Float32, so that its square can't overflow
    /// the statistics, and a count is 0 or more.
    @inline(__always)
    func accepts(_ label: Double) -> Bool {
        if isForClasses { return label == 0 || label == 1 }
        return abs(label) <= Double(Float.greatestFiniteMagnitude) && (self != .poisson || label >= 0)
    }
}
