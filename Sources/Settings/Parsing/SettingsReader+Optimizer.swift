internal import OnlineLearning

extension SettingsReader {
    /// - Parameter usual: what holds where the file says nothing.
    /// - Returns: nil for `adaptive`, which has nothing to be set.
    mutating func optimizer(
        _ word: Declared.OptimizerWord, usual: OptimizerConfiguration
    ) -> OptimizerConfiguration? {
        for declaration in Declared.optimizer where declaration.appliesTo?.key == Declared.optimizerKind.key {
            if declaration.appliesTo?.words.contains(word.rawValue) == false {
                refuseUnused(declaration, because: word.rawValue)
            }
        }
        guard let kind = word.kind else {
            refuseScheduleParameters(nil)
            return nil
        }
        var optimizer = usual
        optimizer.kind = kind
        if kind != usual.kind { optimizer.stepSize = Declared.usual.stepSize }
        optimizer.stepSize = value(Declared.stepSize, fallback: optimizer.stepSize) ?? optimizer.stepSize
        optimizer.schedule = schedule()
        switch kind {
        case .sgd: set(&optimizer.normalizedSteps, Declared.normalizedSteps)
        case .momentum, .nesterov:
            set(&optimizer.normalizedSteps, Declared.normalizedSteps)
            set(&optimizer.momentum, Declared.momentum)
        case .adagrad: set(&optimizer.epsilon, Declared.epsilon)
        case .rmsprop:
            set(&optimizer.decay, Declared.decay)
            set(&optimizer.epsilon, Declared.epsilon)
        case .adam, .adamw:
            set(&optimizer.firstMoment, Declared.firstMoment)
            set(&optimizer.secondMoment, Declared.secondMoment)
            set(&optimizer.epsilon, Declared.epsilon)
        }
        set(&optimizer.l1, Declared.l1)
        set(&optimizer.l2, Declared.l2)
        optimizer.clip = value(Declared.clip, fallback: usual.clip)
        optimizer.clipValue = value(Declared.clipValue, fallback: usual.clipValue)
        return optimizer
    }

    private mutating func schedule() -> StepSizeSchedule {
        let schedule = value(Declared.schedule) ?? .constant
        refuseScheduleParameters(schedule)
        let updates = { (reader: inout Self) in Double(reader.value(Declared.scheduleUpdates) ?? 10_000) }
        switch schedule {
        case .constant: return .constant
        case .inverseScaling: return .inverseScaling(power: value(Declared.schedulePower) ?? 0.5)
        case .step: return .step(every: updates(&self), factor: value(Declared.scheduleFactor) ?? 0.5)
        case .cosine: return .cosine(updates: updates(&self), lowest: value(Declared.scheduleLowest) ?? 0.01)
        case .warmUp: return .warmUp(updates: updates(&self))
        }
    }

    /// - Parameter schedule: nil where there is none, since there is no step size.
    private mutating func refuseScheduleParameters(_ schedule: Declared.Schedule?) {
        for declaration in Declared.optimizer where declaration.appliesTo?.key == Declared.schedule.key {
            let word = schedule?.rawValue ?? Declared.OptimizerWord.adaptive.rawValue
            if declaration.appliesTo?.words.contains(word) == false { refuseUnused(declaration, because: word) }
        }
    }

    private mutating func set<Value>(_ target: inout Value, _ setting: Setting<Value>) {
        if let value = value(setting) { target = value }
    }
}
