internal import OnlineLearning
internal import Records

/// What a learner has to know of the rest of the file.
struct ModelContext {
    var shape: InputShape
    var target: Target
    /// How a regression's target is scaled.
    var targetScaling: ScalingKind
    var seed: UInt64
    /// Records an update.
    var batch: Int
}

extension Declared.ModelKind {
    /// The kinds of targets that it can predict, as `target.kind` names them.
    var targets: [Declared.TargetKind] {
        switch self {
        case .logistic: [.binary]
        case .linear: [.regression]
        case .softmax: [.multiclass]
        case .ftrl, .factorizationMachine: [.binary, .regression]
        case .vae, .halfSpaceTrees: [.none]
        case .svm, .hoeffdingTree, .randomForest, .mlp, .cnn, .rnn, .gru, .lstm, .bagging, .stacking:
            [.binary, .multiclass, .regression]
        }
    }

    /// Whether it learns from several records at once where it is told to.
    var hasBatches: Bool {
        switch self {
        case .hoeffdingTree, .randomForest, .halfSpaceTrees, .bagging, .stacking: false
        default: true
        }
    }

    /// Whether it sees hashed coordinates and words.
    var isSparse: Bool {
        switch self {
        case .logistic, .linear, .ftrl, .factorizationMachine, .svm, .hoeffdingTree, .randomForest, .halfSpaceTrees,
            .bagging,
            .stacking:
            true
        default: false
        }
    }

    /// Whether it reads a sequence step by step.
    var isRecurrent: Bool { self == .rnn || self == .gru || self == .lstm }
}

extension Declared.TargetKind {
    init(_ target: Target) {
        self =
            switch target {
            case .binary: .binary
            case .multiclass: .multiclass
            case .regression: .regression
            case .unlabelled: .none
            }
    }

    /// What a model that can't predict such a target can't do.
    var inability: String {
        switch self {
        case .binary: "can't predict a class"
        case .multiclass: "can't predict one of several classes"
        case .regression: "can't predict a number"
        case .none: "can't do without a target"
        }
    }
}
