internal import OnlineLearning

extension Declared {
    static let usual = OptimizerConfiguration()

    private static func only(_ kinds: OptimizerKind...) -> SettingDeclaration.Applicability {
        .init(key: "model.optimizer.kind", words: kinds.map(\.rawValue))
    }

    static let optimizerKind = Setting(
        "model.optimizer.kind", ValueForm<OptimizerKind>.choice(), default: usual.kind, "How gradients become steps.")
    static let stepSize = Setting(
        "model.optimizer.step-size", .positive(example: 0.1), default: usual.stepSize,
        "The step size. On real streams it decides more than anything else: try 0.01, 0.1 and 1.")
    static let schedule = Setting(
        "model.optimizer.schedule", ValueForm<Schedule>.choice(), default: .constant,
        "Whether steps shrink: `inverse-scaling` divides them by the count of updates to the power of `power`.")
    static let schedulePower = Setting(
        "model.optimizer.power", .fading(example: 0.5), default: 0.5,
        appliesTo: .init(key: "model.optimizer.schedule", words: [Schedule.inverseScaling.rawValue]),
        "How fast steps shrink.")
    static let normalizedSteps = Setting(
        "model.optimizer.normalized", .flag, default: usual.normalizedSteps,
        "Divides each step by 1 + step × weight × |x|², so that no record can make the weights run away.")
    static let momentum = Setting(
        "model.optimizer.momentum", .halfOpen01(example: 0.9), default: usual.momentum, appliesTo: only(.momentum),
        "What is left of the last step.")
    static let decay = Setting(
        "model.optimizer.decay", .halfOpen01(example: 0.9), default: usual.decay, appliesTo: only(.rmsprop),
        "What is left of the mean of squared gradients.")
    static let firstMoment = Setting(
        "model.optimizer.first-moment", .halfOpen01(example: 0.9), default: usual.firstMoment, appliesTo: only(.adam),
        "What is left of the mean of gradients: the paper's beta 1.")
    static let secondMoment = Setting(
        "model.optimizer.second-moment", .halfOpen01(example: 0.999), default: usual.secondMoment,
        appliesTo: only(.adam),
        "What is left of the mean of squared gradients: the paper's beta 2.")
    static let epsilon = Setting(
        "model.optimizer.epsilon", .positive(example: 1e-8), default: usual.epsilon,
        appliesTo: only(.adagrad, .rmsprop, .adam), "Added to the root that divides, so that small ones stay finite.")

    static let optimizerParameters =
        [momentum.declaration, decay.declaration, firstMoment.declaration, secondMoment.declaration]
        + [epsilon.declaration]

    static let optimizer =
        [optimizerKind.declaration, stepSize.declaration, schedule.declaration, schedulePower.declaration]
        + [normalizedSteps.declaration] + optimizerParameters
}
