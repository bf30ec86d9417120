internal import OnlineLearning
internal import Records

extension SettingsReader {
    /// Learners by margins that aren't plain regressions.
    mutating func marginLearner(_ kind: Declared.ModelKind, _ context: ModelContext) -> LearnerConfiguration? {
        switch kind {
        case .ftrl:
            let stepSize = value(Declared.ftrlStepSize)
            let damping = value(Declared.ftrlDamping)
            let (l1, l2) = (value(Declared.l1), value(Declared.l2))
            guard let stepSize, let damping, let l1, let l2 else { return nil }
            return .ftrl(
                FTRLConfiguration(
                    shape: context.shape, target: context.target, stepSize: stepSize, damping: damping, l1: l1, l2: l2,
                    batch: context.batch, targetScaling: context.targetScaling))
        case .factorizationMachine:
            guard let factors = value(Declared.factors) else { return nil }
            return .factorizationMachine(
                FactorizationMachineConfiguration(
                    shape: context.shape, target: context.target, factors: factors, seed: context.seed,
                    batch: context.batch, targetScaling: context.targetScaling))
        default: return supportVector(context)
        }
    }

    private mutating func supportVector(_ context: ModelContext) -> LearnerConfiguration? {
        let fitting: [LossKind] = context.target == .regression ? [.epsilonInsensitive] : [.hinge, .squaredHinge]
        guard let (loss, shape) = loss(fitting, usual: fitting[0], of: .svm), let update = value(Declared.marginUpdate)
        else { return nil }
        var aggressiveness = SupportVectorConfiguration.usualAggressiveness(context.target)
        if update == .paOne || update == .paTwo {
            aggressiveness = value(Declared.aggressiveness, fallback: aggressiveness) ?? aggressiveness
        } else {
            refuseUnused(Declared.aggressiveness.declaration, because: update.rawValue)
        }
        if loss == .squaredHinge, update != .pegasos {
            contradict(
                Declared.loss.key, "`squared-hinge` doesn't go with `update: \(update.rawValue)`", allowed: "`hinge`",
                advice: "write `update: pegasos`, or leave `loss` out")
        }
        let method: SupportVectorMethod =
            switch update {
            case .pegasos: .pegasos(regularization: value(Declared.l2, fallback: 1e-4) ?? 1e-4)
            case .pa: .passiveAggressive
            case .paOne: .passiveAggressiveI(aggressiveness: aggressiveness)
            case .paTwo: .passiveAggressiveII(aggressiveness: aggressiveness)
            }
        var fourier: FourierFeaturesConfiguration?
        if let count = value(Declared.kernelFeatures), count > 0 {
            let gamma = value(Declared.kernelWidth, fallback: 1 / Double(max(context.shape.dense, 1))) ?? 1
            fourier = FourierFeaturesConfiguration(count: count, gamma: gamma, seed: context.seed)
        }
        return .supportVector(
            SupportVectorConfiguration(
                shape: context.shape, target: context.target,
                loss: loss == .hinge ? .hinge : loss == .squaredHinge ? .squaredHinge : .epsilonInsensitive,
                method: method, epsilon: shape.tolerance, fourierFeatures: fourier, batch: context.batch,
                targetScaling: context.targetScaling))
    }
}
