/// What a network is told that it did wrong.
public enum NetworkLoss: String, Sendable, Hashable, CaseIterable {
    /// Two classes, one output: the log odds of the positive one.
    case logistic
    /// Any number of classes, one output each: their log probabilities up to a common constant.
    case crossEntropy = "cross-entropy"
    /// Regression; half the squared residual.
    case squared
    /// Regression; squared near 0, linear beyond.
    case huber
}
