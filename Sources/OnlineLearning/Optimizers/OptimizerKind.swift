/// How a gradient becomes a change of the weights.
public enum OptimizerKind: String, CaseIterable, Sendable, Hashable {
    case sgd
    case momentum
    case adagrad
    case rmsprop
    case adam

    /// Numbers of state kept for each weight.
    public var statesPerWeight: Int {
        switch self {
        case .sgd: 0
        case .momentum, .adagrad, .rmsprop: 1
        case .adam: 2
        }
    }
}
