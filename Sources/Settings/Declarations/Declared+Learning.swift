internal import OnlineLearning

extension Declared {
    enum ModelKind: String, CaseIterable, Sendable { case logistic, linear }
    enum ModelScope: String, CaseIterable, Sendable { case partition, shared }
    enum Schedule: String, CaseIterable, Sendable {
        case constant
        case inverseScaling = "inverse-scaling"
    }

    static let modelKind = Setting(
        required: "model.kind", ValueForm<ModelKind>.choice(),
        "`logistic` predicts one of two classes, `linear` a number.")
    static let modelScope = Setting(
        "model.scope", ValueForm<ModelScope>.choice(), default: .partition,
        "Which records one model learns from: with `partition` those of one partition, each for itself; with `shared` those of all, by way of the topic `topics.mix`."
    )
    static let mixEvery = Setting(
        "model.mix.every", .records(1...1_000_000_000, example: 10), default: 10,
        appliesTo: .init(key: "model.scope", words: [ModelScope.shared.rawValue]),
        "Each partition's model tells the others of itself once in so many learned records, at first more often. The larger, the less traffic; the smaller, the closer to one model that sees every record."
    )
    static let loss = Setting(
        "model.loss", ValueForm<LossKind>.choice(), otherwise: "`logistic`; for `linear` `squared`",
        "What is minimized: `logistic` or `hinge` for classes, `squared` or `huber` for numbers.")
    static let huberThreshold = Setting(
        "model.huber-threshold", .positive(example: 1), default: 1,
        appliesTo: .init(key: "model.loss", words: [LossKind.huber.rawValue]),
        "The error from which the loss is linear, in the unit of the scaled target.")
    static let l1 = Setting(
        "model.l1", .notNegative(example: 0), default: usual.l1, "L1 penalty: pulls weights to exactly 0.")
    static let l2 = Setting(
        "model.l2", .notNegative(example: 1e-6), default: usual.l2, "L2 penalty: pulls weights towards 0.")
    static let clip = Setting(
        "model.clip", .positive(example: 1), otherwise: "no limit",
        "The longest gradient: a longer one is shortened to it.")
    static let batch = Setting(
        "learning.batch", .whole(1...100_000, unit: "records"), default: 1,
        "Records an update; cut by the task's own count, never by time.")

    static let learning =
        [modelKind.declaration, modelScope.declaration, mixEvery.declaration]
        + [loss.declaration, huberThreshold.declaration]
        + optimizer + [l1, l2, clip].map(\.declaration) + [batch.declaration]
}
