/// How a factorization machine's weights and factors learn.
public enum FactorizationOptimizer: Sendable, Hashable {
    /// Four machines with step sizes on a geometric grid, mixed by how well each did lately. A step is divided by
    /// `1 + step × curvature × squared norm of the gradient of the margin`.
    case adaptive(smallestStepSize: Double = 0x1p-8, stepSizeRatio: Double = 8)
    /// One machine; a step for each number, divided by the root of the sum of its squared gradients.
    case adagrad(stepSize: Double = 0.1)
    /// One machine; FTRL-Proximal for each number. The damping is above 0. L1 and L2 pull weights and factors, never the
    /// intercept.
    case ftrl(stepSize: Double = 0.3, damping: Double = 1, l1: Double = 0, l2: Double = 0)
}
