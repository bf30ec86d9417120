internal import OnlineLearning

extension Declared {
    /// How gradients become steps: one optimizer with a step size, or a bank of step sizes that needs none.
    enum OptimizerWord: String, CaseIterable, Sendable {
        case adaptive, sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw

        /// Nil for `adaptive`, which is a model of its own.
        var kind: OptimizerKind? { OptimizerKind(rawValue: rawValue) }
    }
    enum Schedule: String, CaseIterable, Sendable {
        case constant
        case inverseScaling = "inverse-scaling"
        case step, cosine
        case warmUp = "warm-up"
    }

    static let usual = OptimizerConfiguration()

    private static func only(_ kinds: OptimizerWord...) -> SettingDeclaration.Applicability {
        .init(key: "model.optimizer.kind", words: kinds.map(\.rawValue))
    }
    private static func during(_ schedules: Schedule...) -> SettingDeclaration.Applicability {
        .init(key: "model.optimizer.schedule", words: schedules.map(\.rawValue))
    }
    private static let stepped: [OptimizerWord] = [.sgd, .momentum, .nesterov, .adagrad, .rmsprop, .adam, .adamw]
    private static let withStepSize = SettingDeclaration.Applicability(
        key: "model.optimizer.kind", words: stepped.map(\.rawValue))

    static let optimizerKind = Setting(
        "model.optimizer.kind", ValueForm<OptimizerWord>.choice(),
        otherwise:
            "`adaptive` for `logistic`, `linear` and `softmax` (`sgd` where the scope is `shared`), `adam` for networks",
        appliesTo: models(.logistic, .linear, .softmax, .mlp, .cnn, .rnn, .gru, .lstm, .vae),
        "How gradients become steps. `adaptive` needs no step size: it learns with a bank of them and mixes what they say."
    )
    static let stepSize = Setting(
        "model.optimizer.step-size", .positive(example: 0.1),
        otherwise: "\(NumberText.write(usual.stepSize)); for networks what suits them", appliesTo: withStepSize,
        "The step size. On real streams it decides more than anything else: try 0.01, 0.1 and 1.")
    static let schedule = Setting(
        "model.optimizer.schedule", ValueForm<Schedule>.choice(), default: .constant, appliesTo: withStepSize,
        "Whether steps shrink: `inverse-scaling` divides them by the count of updates to the power of `power`, `step` multiplies them by `factor` after every `updates`, `cosine` brings them down to `lowest` of their size over `updates`, `warm-up` grows them over `updates`."
    )
    static let schedulePower = Setting(
        "model.optimizer.power", .fading(example: 0.5), default: 0.5, appliesTo: during(.inverseScaling),
        "How fast steps shrink.")
    static let scheduleUpdates = Setting(
        "model.optimizer.updates", .records(1...1_000_000_000_000, example: 10_000), default: 10_000,
        appliesTo: during(.step, .cosine, .warmUp), "How many updates the schedule goes by.")
    static let scheduleFactor = Setting(
        "model.optimizer.factor", .fading(example: 0.5), default: 0.5, appliesTo: during(.step),
        "What is left of the step size each time.")
    static let scheduleLowest = Setting(
        "model.optimizer.lowest", .halfOpen01(example: 0.01), default: 0.01, appliesTo: during(.cosine),
        "What is left of the step size in the end.")
    static let normalizedSteps = Setting(
        "model.optimizer.normalized", .flag, default: usual.normalizedSteps,
        appliesTo: only(.sgd, .momentum, .nesterov),
        "Divides each step by 1 + step × weight × |x|², so that no record can make the weights run away. For `logistic` and `linear`."
    )
    static let momentum = Setting(
        "model.optimizer.momentum", .halfOpen01(example: 0.9), default: usual.momentum,
        appliesTo: only(.momentum, .nesterov), "What is left of the last step.")
    static let decay = Setting(
        "model.optimizer.decay", .halfOpen01(example: 0.9), default: usual.decay, appliesTo: only(.rmsprop),
        "What is left of the mean of squared gradients.")
    static let firstMoment = Setting(
        "model.optimizer.first-moment", .halfOpen01(example: 0.9), default: usual.firstMoment,
        appliesTo: only(.adam, .adamw), "What is left of the mean of gradients: the paper's beta 1.")
    static let secondMoment = Setting(
        "model.optimizer.second-moment", .halfOpen01(example: 0.999), default: usual.secondMoment,
        appliesTo: only(.adam, .adamw), "What is left of the mean of squared gradients: the paper's beta 2.")
    static let epsilon = Setting(
        "model.optimizer.epsilon", .positive(example: 1e-8), default: usual.epsilon,
        appliesTo: only(.adagrad, .rmsprop, .adam, .adamw),
        "Added to the root that divides, so that small ones stay finite.")
    static let l1 = Setting(
        "model.l1", .notNegative(example: 0), default: usual.l1,
        "L1 penalty: pulls weights to exactly 0. With optimizers that have a step size, and with `ftrl`.")
    static let l2 = Setting(
        "model.l2", .notNegative(example: 1e-6), default: usual.l2,
        "L2 penalty: pulls weights towards 0. With optimizers that have a step size, with `ftrl`, `svm` and `factorization-machine`."
    )
    static let clip = Setting(
        "model.clip", .positive(example: 1), otherwise: "no limit", appliesTo: withStepSize,
        "The longest gradient: a longer one is shortened to it.")
    static let clipValue = Setting(
        "model.clip-value", .positive(example: 1), otherwise: "no limit", appliesTo: withStepSize,
        "The largest number in a gradient: what goes beyond is brought to it.")

    static let optimizer =
        [optimizerKind.declaration, stepSize.declaration, schedule.declaration, schedulePower.declaration]
        + [scheduleUpdates.declaration, scheduleFactor.declaration, scheduleLowest.declaration]
        + [normalizedSteps.declaration, momentum.declaration, decay.declaration, firstMoment.declaration]
        + [secondMoment.declaration, epsilon.declaration, l1.declaration, l2.declaration]
        + [clip.declaration, clipValue.declaration]
}
