internal import DriftDetection

extension Declared {
    private static let policy = AlertPolicy()
    private static let budget = FalseAlarmBudget.Configuration()

    static let alertBudget = Setting(
        "alerts.budget", .open01(example: 0.1), default: budget.falseAlarms,
        "False alarms a day, all signals together: with 0.1 one in ten days. Detectors other than `e-detector` and the tests over windows have rules of their own."
    )
    static let alertDay = Setting(
        "alerts.records-per-day", .whole(1...1_000_000_000_000, unit: "records"), default: Int(budget.recordsPerDay),
        "A day where records have no event time, and the least that is reckoned with where they have.")
    static let alertWarmUp = Setting(
        "alerts.warm-up", .whole(0...1_000_000_000, unit: "records"), default: Int(policy.warmUp),
        "No alert before so many records.")
    static let alertClosing = Setting(
        "alerts.closing-share", .fading(example: 0.5), default: policy.closingShare,
        "The share of its minimum effect below which a signal has come back.")
    static let alertCalm = Setting(
        "alerts.calm-windows", .whole(1...1_000_000, unit: "windows"), default: policy.calmWindows,
        "Windows one after the other in which it has to be there until the recovery is told.")
    static let alertSettled = Setting(
        "alerts.settled-windows", .whole(1...1_000_000, unit: "windows"), default: policy.settledWindows,
        "Windows one after the other in which a signal has to stand still at its new level until that is the rule.")
    static let alertCoolDown = Setting(
        "alerts.cool-down", .whole(0...1_000_000_000, unit: "records"), default: Int(policy.coolDown),
        "No alert of a signal so many records after its recovery.")
    static let alertMost = Setting(
        "alerts.most", .whole(1...1000), default: 1,
        "Alerts that one record may bring; further signals that move are named in the first one, what costs the loss most before others."
    )
    static let alertAction = Setting(
        "alerts.action", ValueForm<AlertSettings.Action>.choice(), default: .none,
        "What is done at an alert about the loss, the error or a metric: the steps are raised for a while, the statistics of scaling or the model start anew, or a second model is warmed and takes the first one's place once it has proved better."
    )
    static let alertFactor = Setting(
        "alerts.factor", .number("above 1, at most 1000", example: 4) { $0 > 1 && $0 <= 1000 }, default: 4,
        appliesTo: .init(key: alertAction.key, words: [AlertSettings.Action.raiseStepSize.rawValue]),
        "What a record's weight in learning is multiplied with while steps are raised.")
    static let alertRecords = Setting(
        "alerts.records", .whole(1...1_000_000_000, unit: "learned records"), default: 5000,
        appliesTo: .init(
            key: alertAction.key,
            words: [AlertSettings.Action.raiseStepSize, .swapModel].map(\.rawValue)),
        "How long steps stay raised, or a second model may take to prove itself before it is dropped.")
    static let alertWindow = Setting(
        "alerts.window", .whole(30...1_000_000_000, unit: "learned records"), default: 500,
        appliesTo: .init(key: alertAction.key, words: [AlertSettings.Action.swapModel.rawValue]),
        "The losses of the two models are compared over so many records, again and again.")

    static let alerting =
        [alertBudget.declaration, alertDay.declaration, alertWarmUp.declaration, alertClosing.declaration]
        + [alertCalm, alertSettled, alertCoolDown, alertMost].map(\.declaration)
        + [alertAction.declaration, alertFactor.declaration, alertRecords.declaration, alertWindow.declaration]
}
