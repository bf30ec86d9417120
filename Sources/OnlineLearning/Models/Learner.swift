public import Records

/// A learner of whatever kind its configuration names.
public struct Learner: ~Copyable, OnlineLearner {
    public let configuration: LearnerConfiguration
    private let box: AnyLearnerBox

    public init(_ configuration: LearnerConfiguration) {
        self.configuration = configuration
        box =
            switch configuration {
            case .linear(let model): LearnerBox(LinearModel(model))
            case .adaptiveLinear(let model): LearnerBox(AdaptiveLinearModel(model))
            case .softmax(let model): LearnerBox(SoftmaxModel(model))
            case .adaptiveSoftmax(let model): LearnerBox(AdaptiveSoftmaxModel(model))
            case .sparseLinear(let model): LearnerBox(SparseLinearModel(model))
            case .ftrl(let model): LearnerBox(FTRLModel(model))
            case .factorizationMachine(let model): LearnerBox(FactorizationMachine(model))
            case .supportVector(let model): LearnerBox(SupportVectorModel(model))
            case .network(let model): LearnerBox(NetworkModel(model))
            case .recurrent(let model): LearnerBox(RecurrentModel(model))
            case .autoencoder(let model): LearnerBox(VariationalAutoencoder(model))
            case .hoeffdingTree(let model): LearnerBox(HoeffdingTree(model))
            case .randomForest(let model): LearnerBox(AdaptiveRandomForest(model))
            case .halfSpaceTrees(let model): LearnerBox(HalfSpaceTrees(model))
            case .bagging(let model, let member):
                LearnerBox(BaggingEnsemble<Learner>(model) { Learner(member.reseeded(by: $0)) })
            case .stacking(let model, let members):
                LearnerBox(StackingEnsemble<Learner>(model) { Learner(members[$0]) })
            }
    }

    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        box.predict(x, probabilities: probabilities)
    }

    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        box.learn(x, label: label, weight: weight)
    }

    public var recordsLearned: UInt64 { box.recordsLearned }
    public var updatesRefused: UInt64 { box.updatesRefused }

    /// The linear model, where it is one: what can be mixed with others of its kind.
    var linear: LearnerBox<LinearModel>? { box as? LearnerBox<LinearModel> }

    public func save(to archive: inout StateArchive, under prefix: String) { box.save(to: &archive, under: prefix) }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        try box.restore(from: archive, under: prefix)
    }
}
