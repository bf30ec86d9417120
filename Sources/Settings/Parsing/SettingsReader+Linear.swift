internal import OnlineLearning
internal import Records

extension SettingsReader {
    /// Linear or logistic regression: with one optimizer, with the bank, or over hashed coordinates.
    mutating func linear(
        _ kind: Declared.ModelKind, _ context: ModelContext, isShared: Bool
    ) -> LearnerConfiguration? {
        let fitting: [LossKind] =
            kind == .logistic
            ? [.logistic, .hinge, .squaredHinge] : [.squared, .huber, .quantile, .epsilonInsensitive, .poisson]
        guard let (loss, lossShape) = loss(fitting, usual: fitting[0], of: kind) else { return nil }
        let word = value(Declared.optimizerKind, fallback: isShared ? .sgd : .adaptive) ?? .adaptive
        if isShared { refuseShared(word) }
        if context.shape.sparse > 0 { return sparse(word, loss, usual: fitting[0], context) }
        guard let optimizer = optimizer(word, usual: Declared.usual) else {
            return .adaptiveLinear(
                AdaptiveLinearConfiguration(
                    featureCount: context.shape.dense, target: context.target, loss: loss, batch: context.batch,
                    targetScaling: context.targetScaling, lossShape: lossShape))
        }
        return .linear(
            LinearModelConfiguration(
                featureCount: context.shape.dense, target: context.target, loss: loss, optimizer: optimizer,
                batch: context.batch, targetScaling: context.targetScaling, huberDelta: lossShape.huberDelta,
                quantile: lossShape.quantile, tolerance: lossShape.tolerance))
    }

    private mutating func sparse(
        _ word: Declared.OptimizerWord, _ loss: LossKind, usual: LossKind, _ context: ModelContext
    ) -> LearnerConfiguration {
        if loss != usual {
            contradict(
                Declared.loss.key, "`\(loss.rawValue)` isn't there over hashed features",
                allowed: "`\(usual.rawValue)`",
                advice: "remove it")
        }
        if word != .adaptive, word != .sgd {
            contradict(
                Declared.optimizerKind.key, "`\(word.rawValue)` isn't there over hashed features",
                allowed: "`adaptive`, `sgd`", advice: "remove it, or write `model: {kind: ftrl}`")
        }
        let optimizer = optimizer(word, usual: Declared.usual)
        return .sparseLinear(
            SparseLinearConfiguration(
                shape: context.shape, target: context.target, stepSize: optimizer?.stepSize, batch: context.batch,
                targetScaling: context.targetScaling))
    }

    private mutating func refuseShared(_ word: Declared.OptimizerWord) {
        if word == .adaptive {
            contradict(
                Declared.optimizerKind.key, "`adaptive` can't be shared between partitions",
                allowed: "an optimizer with a step size", advice: "write `kind: sgd`, or `scope: partition`")
        }
    }

    /// Several classes by one linear model each.
    mutating func softmax(_ context: ModelContext) -> LearnerConfiguration? {
        let word = value(Declared.optimizerKind, fallback: .adaptive) ?? .adaptive
        guard let optimizer = optimizer(word, usual: Declared.usual) else {
            return .adaptiveSoftmax(
                AdaptiveSoftmaxConfiguration(
                    featureCount: context.shape.dense, target: context.target, batch: context.batch))
        }
        return .softmax(
            SoftmaxConfiguration(
                featureCount: context.shape.dense, target: context.target, optimizer: optimizer, batch: context.batch))
    }

    /// A loss that fits, with its number.
    mutating func loss(
        _ fitting: [LossKind], usual: LossKind, of kind: Declared.ModelKind
    ) -> (LossKind, LossShape)? {
        guard let loss = value(Declared.loss, fallback: usual) else { return nil }
        if !fitting.contains(loss) {
            contradict(
                Declared.loss.key, "`\(loss.rawValue)` doesn't fit the model `\(kind.rawValue)`",
                allowed: fitting.map { "`\($0.rawValue)`" }.joined(separator: ", "),
                advice: "write `loss: \(usual.rawValue)`, or leave it out")
        }
        var shape = LossShape()
        let numbers: [(Setting<Double>, LossKind, WritableKeyPath<LossShape, Double>)] = [
            (Declared.huberThreshold, .huber, \.huberDelta), (Declared.quantile, .quantile, \.quantile),
            (Declared.tolerance, .epsilonInsensitive, \.tolerance),
        ]
        for (setting, owner, place) in numbers {
            if loss == owner {
                if let number = value(setting) { shape[keyPath: place] = number }
            } else {
                refuseUnused(setting.declaration, because: loss.rawValue)
            }
        }
        return (loss, shape)
    }
}
