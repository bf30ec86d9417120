internal import OnlineLearning
internal import Records

extension SettingsReader {
    /// The model with everything that it is made from; nil, with the errors collected, where it can't be made.
    mutating func model(
        shape: InputShape, target: (target: Target, scaling: ScalingKind)?
    ) -> (kind: String, configuration: LearnerConfiguration, mix: MixSettings?)? {
        let kind = value(Declared.modelKind)
        let mix = mix()
        guard let kind, let target else {
            _ = value(Declared.batch)
            return nil
        }
        let context = ModelContext(
            shape: shape, target: target.target, targetScaling: target.scaling, seed: peek(Declared.seed) ?? 0,
            batch: peek(Declared.batch) ?? 1)
        let fits = refuseMismatch(kind, context)
        if mix != nil, kind != .logistic, kind != .linear {
            contradict(
                Declared.modelScope.key, "`\(kind.rawValue)` can't be shared between partitions",
                allowed: "`partition`; `shared` for `logistic` and `linear`", advice: "write `scope: partition`")
        }
        for declaration in Declared.learning where declaration.appliesTo?.key == Declared.modelKind.key {
            if declaration.appliesTo?.words.contains(kind.rawValue) == false {
                refuseUnused(declaration, because: kind.rawValue)
            }
        }
        let configuration = learner(kind, context, isShared: mix != nil)
        _ = value(Declared.batch)
        if errors.isEmpty { refuseUnread(kind) }
        guard fits, let configuration else { return nil }
        return (kind.rawValue, configuration, mix)
    }

    /// The learner with the settings that are its kind's.
    mutating func learner(
        _ kind: Declared.ModelKind, _ context: ModelContext, isShared: Bool = false
    ) -> LearnerConfiguration? {
        switch kind {
        case .logistic, .linear: linear(kind, context, isShared: isShared)
        case .softmax: softmax(context)
        case .svm, .ftrl, .factorizationMachine: marginLearner(kind, context)
        case .mlp, .cnn, .rnn, .gru, .lstm, .vae: network(kind, context)
        case .hoeffdingTree, .randomForest, .halfSpaceTrees: trees(kind, context)
        case .bagging, .stacking: ensemble(kind, context)
        }
    }

    /// What is given and nobody asked for: a penalty, say, where the optimizer knows none.
    private mutating func refuseUnread(_ kind: Declared.ModelKind) {
        let read = Set(resolved.map(\.key))
        for declaration in Declared.learning where !read.contains(declaration.key) {
            guard root.entry(at: declaration.key.split(separator: ".")) != nil else { continue }
            contradict(
                declaration.key, "has no meaning for this `\(kind.rawValue)`", allowed: "beside what it says it is for",
                advice: "remove it")
        }
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

    /// - Returns: whether the kind of model goes with the target, the features and the batch.
    mutating func refuseMismatch(_ kind: Declared.ModelKind, _ context: ModelContext) -> Bool {
        let before = errors.count
        let target = Declared.TargetKind(context.target)
        if !kind.targets.contains(target) {
            let fitting = Declared.ModelKind.allCases.filter { $0.targets.contains(target) }
            let words = fitting.map { "`\($0.rawValue)`" }.joined(separator: ", ")
            let others = kind.targets.map { "`target: {kind: \($0.rawValue)\($0.hasClasses ? ", …" : "")}`" }
            contradict(
                Declared.modelKind.key, "`\(kind.rawValue)` \(target.inability)",
                allowed: "\(words) for the target `\(target.rawValue)`",
                advice: "write `kind: \(fitting.first?.rawValue ?? "")`, or \(others.joined(separator: " or "))")
        }
        if context.shape.sparse > 0, !kind.isSparse {
            contradict(
                Declared.modelKind.key, "`\(kind.rawValue)` doesn't see hashed features",
                allowed: "features without `encode: hash`, text and interactions",
                advice: "declare the categories' values, or write `kind: ftrl` or another linear one")
        }
        if context.shape.steps > 1, !kind.isRecurrent {
            contradict(
                Declared.modelKind.key, "`\(kind.rawValue)` doesn't read sequences", allowed: "`rnn`, `gru`, `lstm`",
                advice: "write `kind: gru`, or make the sequence a vector")
        }
        if kind == .cnn, context.shape.image == nil {
            contradict(
                Declared.modelKind.key, "`cnn` sees no image", allowed: "one feature of kind `vector` with a `shape`",
                advice: "add `shape: [channels, height, width]` to the vector, and leave other features out")
        }
        if context.batch > 1, !kind.hasBatches {
            contradict(
                Declared.batch.key, "`\(kind.rawValue)` learns from each record at once", allowed: "1",
                advice: "remove it")
        }
        return errors.count == before
    }
}

extension Declared.TargetKind {
    fileprivate var hasClasses: Bool { self == .binary || self == .multiclass }
}
