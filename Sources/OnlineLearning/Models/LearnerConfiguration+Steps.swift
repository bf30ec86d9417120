extension LearnerConfiguration {
    /// Whether learning is a step along a gradient, so that a record of twice the weight makes a larger one. Trees count
    /// records instead.
    public var takesSteps: Bool {
        switch self {
        case .hoeffdingTree, .randomForest, .halfSpaceTrees: false
        case .bagging(_, let member): member.takesSteps
        case .stacking(_, let members): members.contains(where: \.takesSteps)
        case .linear, .adaptiveLinear, .softmax, .adaptiveSoftmax, .sparseLinear, .ftrl, .factorizationMachine: true
        case .supportVector, .network, .recurrent, .autoencoder: true
        }
    }
}
