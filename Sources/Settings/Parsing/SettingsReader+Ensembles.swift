internal import OnlineLearning
internal import Records

extension SettingsReader {
    mutating func ensemble(_ kind: Declared.ModelKind, _ context: ModelContext) -> LearnerConfiguration? {
        if kind == .bagging {
            let of = value(Declared.baggedKind)
            let count = value(Declared.memberCount)
            let rate = value(Declared.baggingRate)
            let resets = value(Declared.resetOnDrift)
            guard let of, let count, let rate, let resets, let member = member(of, context) else { return nil }
            var bagging = BaggingConfiguration(
                target: context.target, members: count, bagging: rate, seed: context.seed)
            if !resets { bagging.driftDelta = 0 }
            return .bagging(bagging, of: member)
        }
        guard let kinds = value(Declared.stackedKinds) else {
            contradict(
                Declared.stackedKinds.key, "isn't given", allowed: Declared.stackedKinds.form.allowed,
                advice: "add `members: [random-forest, mlp]`")
            return nil
        }
        let members = kinds.compactMap { member($0, context) }
        guard members.count == kinds.count else { return nil }
        return .stacking(StackingConfiguration(target: context.target, members: members.count), of: members)
    }

    /// One of an ensemble's members: its kind with all that is usual.
    private mutating func member(_ kind: Declared.ModelKind, _ context: ModelContext) -> LearnerConfiguration? {
        guard refuseMismatch(kind, context) else { return nil }
        var silent = SettingsReader(file: file, root: SourceSection(entries: [], place: root.place))
        return silent.learner(kind, context)
    }
}
