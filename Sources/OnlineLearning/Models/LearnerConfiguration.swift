/// A learner of any kind as it is declared.
public enum LearnerConfiguration: Sendable, Equatable {
    /// Linear or logistic regression with one optimizer.
    case linear(LinearModelConfiguration)
    /// The same with a bank of step sizes.
    case adaptiveLinear(AdaptiveLinearConfiguration)
    /// Softmax regression with one optimizer, and with a bank of step sizes.
    case softmax(SoftmaxConfiguration)
    case adaptiveSoftmax(AdaptiveSoftmaxConfiguration)
    /// Linear or logistic regression with a bank, over sparse coordinates.
    case sparseLinear(SparseLinearConfiguration)
    case ftrl(FTRLConfiguration)
    case factorizationMachine(FactorizationMachineConfiguration)
    case supportVector(SupportVectorConfiguration)
    /// Layers: a multilayer perceptron or a convolutional network.
    case network(NetworkConfiguration)
    /// A network that reads sequences.
    case recurrent(RecurrentConfiguration)
    case autoencoder(AutoencoderConfiguration)
    case hoeffdingTree(HoeffdingTreeConfiguration)
    case randomForest(AdaptiveRandomForestConfiguration)
    case halfSpaceTrees(HalfSpaceTreesConfiguration)
    /// Many of one kind, each with a seed of its own.
    indirect case bagging(BaggingConfiguration, of: LearnerConfiguration)
    /// Several kinds that are weighed by how well they did.
    case stacking(StackingConfiguration, of: [LearnerConfiguration])
}

extension LearnerConfiguration {
    /// The same learner with another seed, where it has one.
    func reseeded(by offset: Int) -> LearnerConfiguration {
        let offset = UInt64(truncatingIfNeeded: offset)
        switch self {
        case .linear, .adaptiveLinear, .softmax, .adaptiveSoftmax, .sparseLinear, .ftrl: return self
        case .factorizationMachine(var model):
            model.seed &+= offset
            return .factorizationMachine(model)
        case .supportVector(var model):
            model.fourierFeatures?.seed &+= offset
            return .supportVector(model)
        case .network(var model):
            model.seed &+= offset
            return .network(model)
        case .recurrent(var model):
            model.seed &+= offset
            return .recurrent(model)
        case .autoencoder(var model):
            model.seed &+= offset
            return .autoencoder(model)
        case .hoeffdingTree(var model):
            model.seed &+= offset
            return .hoeffdingTree(model)
        case .randomForest(var model):
            model.seed &+= offset
            return .randomForest(model)
        case .halfSpaceTrees(var model):
            model.seed &+= offset
            return .halfSpaceTrees(model)
        case .bagging(var model, let member):
            model.seed &+= offset
            return .bagging(model, of: member)
        case .stacking(let model, let members):
            return .stacking(model, of: members.map { $0.reseeded(by: Int(truncatingIfNeeded: offset)) })
        }
    }
}
