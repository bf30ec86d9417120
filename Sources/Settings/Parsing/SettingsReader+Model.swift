internal import OnlineLearning
internal import Records

extension SettingsReader {
    /// The model with everything that it is made from; nil, with the errors collected, where it can't be made.
    mutating func model(
        featureCount: Int, target: (target: Target, scaling: ScalingKind)?
    ) -> (kind: String, configuration: LinearModelConfiguration, mix: MixSettings?)? {
        let kind = value(Declared.modelKind)
        let mix = mix()
        let loss = loss(kind)
        let huberThreshold = huberThreshold(loss)
        var optimizer = optimizer()
        optimizer.l1 = value(Declared.l1) ?? 0
        optimizer.l2 = value(Declared.l2) ?? 0
        optimizer.clip = value(Declared.clip)
        let batch = value(Declared.batch)
        guard let kind, let loss, let batch, let target else { return nil }
        refuseMismatch(kind, target.target)
        return (
            kind.rawValue,
            LinearModelConfiguration(
                featureCount: featureCount, target: target.target, loss: loss, optimizer: optimizer, batch: batch,
                targetScaling: target.scaling, huberDelta: huberThreshold),
            mix
        )
    }

    private mutating func mix() -> MixSettings? {
        guard let scope = value(Declared.modelScope) else { return nil }
        switch scope {
        case .partition:
            refuseUnused(Declared.mixEvery.declaration, because: scope.rawValue)
            return nil
        case .shared: return value(Declared.mixEvery).map { MixSettings(every: $0) }
        }
    }

    private mutating func loss(_ kind: Declared.ModelKind?) -> LossKind? {
        guard let kind else { return nil }
        let fitting: [LossKind] = kind == .logistic ? [.logistic, .hinge] : [.squared, .huber]
        guard let loss = value(Declared.loss, fallback: fitting[0]) else { return nil }
        if !fitting.contains(loss) {
            contradict(
                Declared.loss.key, "`\(loss.rawValue)` doesn't fit the model `\(kind.rawValue)`",
                allowed: fitting.map { "`\($0.rawValue)`" }.joined(separator: ", "),
                advice: "write `loss: \(fitting[0].rawValue)`, or change `model.kind`")
        }
        return loss
    }

    private mutating func huberThreshold(_ loss: LossKind?) -> Double {
        let usual = Declared.huberThreshold.standard ?? 1
        if loss == .huber { return value(Declared.huberThreshold) ?? usual }
        if let loss { refuseUnused(Declared.huberThreshold.declaration, because: loss.rawValue) }
        return usual
    }

    private mutating func refuseMismatch(_ kind: Declared.ModelKind, _ target: Target) {
        switch (kind, target) {
        case (.logistic, .binary), (.linear, .regression): break
        case (.logistic, .regression):
            contradict(
                Declared.modelKind.key, "`logistic` can't predict a number",
                allowed: "`linear` for the target `regression`",
                advice: "write `kind: linear`, or `target: {kind: binary, …}`")
        case (.linear, .binary):
            contradict(
                Declared.modelKind.key, "`linear` can't predict a class", allowed: "`logistic` for the target `binary`",
                advice: "write `kind: logistic`, or `target: {kind: regression}`")
        }
    }

    private mutating func optimizer() -> OptimizerConfiguration {
        var optimizer = OptimizerConfiguration(kind: value(Declared.optimizerKind) ?? Declared.usual.kind)
        optimizer.stepSize = value(Declared.stepSize) ?? optimizer.stepSize
        let schedule = value(Declared.schedule) ?? .constant
        switch schedule {
        case .constant: optimizer.schedule = .constant
        case .inverseScaling: optimizer.schedule = .inverseScaling(power: value(Declared.schedulePower) ?? 0.5)
        }
        optimizer.normalizedSteps = value(Declared.normalizedSteps) ?? optimizer.normalizedSteps
        switch optimizer.kind {
        case .sgd: break
        case .momentum: set(&optimizer.momentum, Declared.momentum)
        case .adagrad: set(&optimizer.epsilon, Declared.epsilon)
        case .rmsprop:
            set(&optimizer.decay, Declared.decay)
            set(&optimizer.epsilon, Declared.epsilon)
        case .adam:
            set(&optimizer.firstMoment, Declared.firstMoment)
            set(&optimizer.secondMoment, Declared.secondMoment)
            set(&optimizer.epsilon, Declared.epsilon)
        }
        refuseUnusedParameters(optimizer.kind.rawValue, schedule.rawValue)
        return optimizer
    }

    private mutating func refuseUnusedParameters(_ kind: String, _ schedule: String) {
        for parameter in Declared.optimizerParameters where parameter.appliesTo?.words.contains(kind) == false {
            refuseUnused(parameter, because: kind)
        }
        if schedule == Declared.Schedule.constant.rawValue {
            refuseUnused(Declared.schedulePower.declaration, because: schedule)
        }
    }

    private mutating func set<Value>(_ target: inout Value, _ setting: Setting<Value>) {
        if let value = value(setting) { target = value }
    }
}
