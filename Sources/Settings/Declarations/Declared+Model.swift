internal import OnlineLearning

extension Declared {
    enum ModelKind: String, CaseIterable, Sendable {
        case logistic, linear, softmax, svm, ftrl
        case factorizationMachine = "factorization-machine"
        case hoeffdingTree = "hoeffding-tree"
        case randomForest = "random-forest"
        case mlp, cnn, rnn, gru, lstm, vae
        case halfSpaceTrees = "half-space-trees"
        case bagging, stacking

    }
    enum ModelScope: String, CaseIterable, Sendable { case partition, shared }

    static func models(_ kinds: ModelKind...) -> SettingDeclaration.Applicability { models(kinds) }
    static func models(_ kinds: [ModelKind]) -> SettingDeclaration.Applicability {
        .init(key: "model.kind", words: kinds.map(\.rawValue))
    }

    static let modelKind = Setting(
        required: "model.kind", ValueForm<ModelKind>.choice(),
        "What learns. `Docs/Models.md` says when to choose which.")
    static let modelScope = Setting(
        "model.scope", ValueForm<ModelScope>.choice(), default: .partition,
        "Which records one model learns from: with `partition` those of one partition, each for itself; with `shared` those of all, by way of the topic `topics.mix`. `shared` is for `logistic` and `linear` over numbers."
    )
    static let mixEvery = Setting(
        "model.mix.every", .records(1...1_000_000_000, example: 10), default: 10,
        appliesTo: .init(key: "model.scope", words: [ModelScope.shared.rawValue]),
        "Each partition's model tells the others of itself once in so many learned records, at first more often. The larger, the less traffic; the smaller, the closer to one model that sees every record."
    )
    static let loss = Setting(
        "model.loss", ValueForm<LossKind>.choice(),
        otherwise: "`logistic`; for `linear` `squared`; for `svm` `hinge`, or `epsilon-insensitive` for a number",
        appliesTo: models(.logistic, .linear, .svm),
        "What is minimized: `logistic`, `hinge` or `squared-hinge` for classes, `squared`, `huber`, `quantile`, `epsilon-insensitive` or `poisson` for numbers."
    )
    static let huberThreshold = Setting(
        "model.huber-threshold", .positive(example: 1), default: 1,
        appliesTo: .init(key: "model.loss", words: [LossKind.huber.rawValue]),
        "The error from which the loss is linear, in the unit of the scaled target.")
    static let quantile = Setting(
        "model.quantile", .open01(example: 0.5), default: 0.5,
        appliesTo: .init(key: "model.loss", words: [LossKind.quantile.rawValue]),
        "Which quantile of the label is predicted.")
    static let tolerance = Setting(
        "model.tolerance", .notNegative(example: 0.1), default: 0.1,
        appliesTo: .init(key: "model.loss", words: [LossKind.epsilonInsensitive.rawValue]),
        "Errors up to here cost nothing, in the unit of the scaled target.")
    static let batch = Setting(
        "learning.batch", .whole(1...100_000, unit: "records"), default: 1,
        "Records an update; cut by the task's own count, never by time. Trees and ensembles learn from each record.")

    static let learning =
        [modelKind.declaration, modelScope.declaration, mixEvery.declaration]
        + [loss.declaration, huberThreshold.declaration, quantile.declaration, tolerance.declaration]
        + optimizer + margins + networks + trees + ensembles + [batch.declaration]
}
