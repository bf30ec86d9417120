/// How a gradient becomes a change of the weights.
public enum OptimizerKind: String, CaseIterable, Sendable, Hashable {
    case sgd
    case momentum
    case nesterov
    case adagrad
    case rmsprop
    case adam
    case adamw

    /// Numbers of state kept for each weight.
    public var statesPerWeight: Int {
        switch self {
        case .sgd: 0
        case .momentum, .nesterov, .adagrad, .rmsprop: 1
        case .adam, .adamw: 2
        }
    }
}
