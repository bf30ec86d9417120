internal import DriftDetection

extension SettingsReader {
    /// - Parameters:
    ///   - isShared: whether the model is one over all partitions.
    ///   - hasSteps: whether the learner takes steps that can be raised.
    mutating func alerts(isShared: Bool, hasSteps: Bool) -> AlertSettings? {
        let budget = value(Declared.alertBudget)
        let day = value(Declared.alertDay)
        let warmUp = value(Declared.alertWarmUp)
        let closing = value(Declared.alertClosing)
        let calm = value(Declared.alertCalm)
        let settled = value(Declared.alertSettled)
        let coolDown = value(Declared.alertCoolDown)
        let most = value(Declared.alertMost)
        guard let budget, let day, let warmUp, let closing, let calm, let settled, let coolDown, let most,
            let action = value(Declared.alertAction)
        else { return nil }
        refuseUnfit(action, isShared: isShared, hasSteps: hasSteps)
        return AlertSettings(
            budget: .init(falseAlarms: budget, recordsPerDay: UInt64(day)),
            policy: AlertPolicy(
                warmUp: UInt64(warmUp), closingShare: closing, calmWindows: calm, settledWindows: settled,
                coolDown: UInt64(coolDown)),
            most: most, action: action, factor: number(Declared.alertFactor, beside: action) ?? 1,
            records: number(Declared.alertRecords, beside: action) ?? 1,
            window: number(Declared.alertWindow, beside: action) ?? 30)
    }

    private mutating func number<Value>(_ setting: Setting<Value>, beside action: AlertSettings.Action) -> Value? {
        guard setting.declaration.appliesTo?.words.contains(action.rawValue) == true else {
            refuseUnused(setting.declaration, because: action.rawValue)
            return nil
        }
        return value(setting)
    }

    private mutating func refuseUnfit(_ action: AlertSettings.Action, isShared: Bool, hasSteps: Bool) {
        if isShared, [.resetScaler, .resetModel, .swapModel].contains(action) {
            contradict(
                Declared.alertAction.key, "`\(action.rawValue)` of a model that partitions share",
                allowed: "`none` or `raise-step-size` beside `model.scope: shared`",
                advice: "choose another action, or write `model.scope: partition`")
        }
        if !hasSteps, action == .raiseStepSize {
            contradict(
                Declared.alertAction.key, "`\(action.rawValue)` of a learner that takes no steps",
                allowed: "`none`, `reset-scaler`, `reset-model` or `swap-model`", advice: "choose another action")
        }
    }
}
