internal import COptimizers

/// Adam and AdamW over a whole block, as they are used most.
extension NetworkParameters {
    /// - Parameters:
    ///   - rule: for this update.
    ///   - factor: what the gradient is shortened by.
    ///   - decay: the L2 penalty where it shrinks the weights beside the gradient; else it is a part of that.
    func write(_ rule: Adam, factor: Float, step: Float, decay: Bool) -> Proposal {
        let l2 = Float(configuration.l2)
        var update = adam_rule(
            factor: factor, l2: decay ? 0 : l2, kept: decay ? 1 - step * l2 : 1, first_moment: rule.firstMoment,
            second_moment: rule.secondMoment, step: step * rule.firstCorrection, spread: rule.secondCorrection,
            epsilon: rule.epsilon)
        var (before, after) = (planes(weights), planes(proposedWeights))
        let lengths = adam_update(&update, &before, gradient.base, stride, &after)
        return Proposal(
            change: lengths.change, length: lengths.weights, first: lengths.first, second: lengths.second)
    }

    private func planes(_ half: UnsafeMutablePointer<Float>) -> adam_planes {
        adam_planes(weights: half, first: half + stride, second: half + 2 * stride)
    }
}
