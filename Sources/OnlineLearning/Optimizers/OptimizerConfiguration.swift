/// An optimizer with all its numbers. What isn't given is what did best over streams of both kinds of target.
public struct OptimizerConfiguration: Sendable, Hashable {
    public var kind: OptimizerKind
    /// Above 0.
    public var stepSize: Double
    public var schedule: StepSizeSchedule
    /// Divides each step by 1 + step × weight × |x|² (× 1/4 for the logistic loss), where x counts the intercept's 1.
    ///
    /// No step then goes beyond the point at which the record's own squared loss is least, whatever came in. For SGD, and
    /// for momentum and Nesterov's with the whole way that a gradient goes on, step / (1 - momentum), in the divisor. The others divide
    /// by the size of their gradients already, and leave this be.
    public var normalizedSteps: Bool
    /// Momentum, Nesterov: how much of the last change goes on; from 0 to below 1.
    public var momentum: Double
    /// RMSProp: how much of the mean of squared gradients stays; from 0 to below 1.
    public var decay: Double
    /// Adam, AdamW: how much of the mean of gradients, and of squared gradients, stays; from 0 to below 1.
    public var firstMoment: Double
    public var secondMoment: Double
    /// AdaGrad, RMSProp, Adam, AdamW: added to the root that divides; above 0.
    public var epsilon: Double
    /// Weight of the sum of magnitudes (truncated gradient). Never on the intercept.
    public var l1: Double
    /// Weight of half the sum of squares. Never on the intercept.
    public var l2: Double
    /// The largest Euclidean norm of a gradient; a longer one is shortened to it. Nil: no limit.
    public var clip: Double?
    /// The largest magnitude of any one number of a gradient, after `clip`; what goes beyond is brought to it. Nil: no limit.
    public var clipValue: Double?

    public init(
        kind: OptimizerKind = .sgd, stepSize: Double = 0.03, schedule: StepSizeSchedule = .constant,
        normalizedSteps: Bool = true, momentum: Double = 0.9, decay: Double = 0.99, firstMoment: Double = 0.9,
        secondMoment: Double = 0.999, epsilon: Double = 1e-8, l1: Double = 0, l2: Double = 0, clip: Double? = nil,
        clipValue: Double? = nil
    ) {
        self.kind = kind
        self.stepSize = stepSize
        self.schedule = schedule
        self.normalizedSteps = normalizedSteps
        self.momentum = momentum
        self.decay = decay
        self.firstMoment = firstMoment
        self.secondMoment = secondMoment
        self.epsilon = epsilon
        self.l1 = l1
        self.l2 = l2
        self.clip = clip
        self.clipValue = clipValue
    }

    /// Whether steps are divided at all.
    @inline(__always)
    var normalizesSteps: Bool { normalizedSteps && (kind == .sgd || kind == .momentum || kind == .nesterov) }

    /// How far one gradient goes in the end, in steps.
    @inline(__always)
    var reach: Double { kind == .momentum || kind == .nesterov ? 1 / (1 - momentum) : 1 }
}
