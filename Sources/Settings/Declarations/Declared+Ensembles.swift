extension Declared {
    /// The learners that an ensemble may be made of; each has its kind's defaults.
    static let memberKinds: [ModelKind] = ModelKind.allCases.filter { $0 != .bagging && $0 != .stacking }

    static let baggedKind = Setting(
        "model.of", ValueForm<ModelKind>.choice(only: memberKinds), default: .hoeffdingTree,
        appliesTo: models(.bagging), "What the ensemble is made of; each member has its kind's defaults.")
    static let memberCount = Setting(
        "model.count", .whole(1...1_000, example: 10), default: 10, appliesTo: models(.bagging),
        "How many members there are.")
    static let baggingRate = Setting(
        "model.rate", .number("above 0, at most 100", example: 1) { $0 > 0 && $0 <= 100 }, default: 1,
        appliesTo: models(.bagging),
        "How often a member learns a record, in the mean: 1 is Oza's bagging, 6 leveraging bagging.")
    static let resetOnDrift = Setting(
        "model.reset-on-drift", .flag, default: true, appliesTo: models(.bagging),
        "Begins the worst member anew where ADWIN finds that one of them got worse.")
    static let stackedKinds = Setting(
        "model.members", .choices(memberKinds, most: 32), otherwise: "for `stacking` required",
        appliesTo: models(.stacking), "What the ensemble is made of; each member has its kind's defaults.")

    static let ensembles =
        [baggedKind.declaration, memberCount.declaration, baggingRate.declaration, resetOnDrift.declaration]
        + [stackedKinds.declaration]
}
