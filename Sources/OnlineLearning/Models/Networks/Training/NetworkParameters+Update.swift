internal import LinearAlgebra

extension NetworkParameters {
    /// What an update would do.
    struct Proposal {
        /// All numbers of it are finite and within bounds.
        let isSound: Bool
        /// Whether the weights change so much that the loss should be looked at: by more than a tenth of their length.
        let isLarge: Bool

        /// Sums of squares that are within bounds have no NaN, no infinity and no number beyond bounds in them.
        /// - Parameters: squared lengths: of the change, of the weights after it, of both planes of state.
        init(change: Float, length: Float, first: Float, second: Float) {
            let limit = largestMagnitude * largestMagnitude
            isSound = length < limit && first < limit && second < limit
            isLarge = !(change <= 0.01 * length)
        }
    }

    /// Writes the weights and states that the gradient leads to beside those that are. The gradient is used up. Cost: O(count),
    /// allocates nothing.
    func propose() -> Proposal {
        let number = Double(updates &+ 1)
        let step = Float(configuration.stepSize * configuration.schedule.factor(update: number) * divergence.stepFactor)
        var factor: Float = 1
        if let clip = configuration.clip {
            let norm = Double(Vectors.squaredNorm(gradient.base, count: stride)).squareRoot()
            if norm > clip { factor = Float(clip / norm) }
        }
        switch configuration.kind {
        case .sgd: return write(GradientDescent(), factor, step)
        case .momentum: return write(Momentum(momentum: Float(configuration.momentum)), factor, step)
        case .nesterov: return write(Nesterov(momentum: Float(configuration.momentum)), factor, step)
        case .adagrad: return write(AdaGrad(epsilon: Float(configuration.epsilon)), factor, step)
        case .rmsprop:
            let rule = RMSProp(decay: Float(configuration.decay), epsilon: Float(configuration.epsilon))
            return write(rule, factor, step)
        case .adam, .adamw:
            let adam = Adam(configuration, update: number)
            let decouples = configuration.kind == .adamw
            if configuration.l1 == 0 && configuration.clipValue == nil {
                return write(adam, factor: factor, step: step, decay: decouples)
            }
            return decouples
                ? write(AdamW(configuration, update: number), factor, step) : write(adam, factor, step)
        }
    }

    @inline(__always)
    private func write<Rule: UpdateRule>(_ rule: Rule, _ factor: Float, _ step: Float) -> Proposal {
        let from = UnsafeRawPointer(weights)
        let to = UnsafeMutableRawPointer(proposedWeights)
        let source = UnsafeRawPointer(gradient.base)
        let plane = stride * MemoryLayout<Float>.stride
        let l2 = Float(configuration.l2)
        let clipping = configuration.clipValue.map { Block(repeating: Float($0)) }
        let gravity = step * Float(configuration.l1)
        var firsts = Block.zero
        var seconds = Block.zero
        var change = Block.zero
        var length = Block.zero
        var byte = 0
        while byte < plane {
            let weights = from.load(fromByteOffset: byte, as: Block.self)
            var gradient = factor * source.load(fromByteOffset: byte, as: Block.self)
            if let clipping { gradient = gradient.clamped(lowerBound: -clipping, upperBound: clipping) }
            if !Rule.decouplesDecay { gradient += l2 * weights }
            var state = BlockState(first: .zero, second: .zero)
            if Rule.states > 0 { state.first = from.load(fromByteOffset: byte &+ plane, as: Block.self) }
            if Rule.states > 1 { state.second = from.load(fromByteOffset: byte &+ 2 &* plane, as: Block.self) }
            var changed = weights - step * rule.direction(gradient, &state)
            if Rule.decouplesDecay { changed -= step * (l2 * weights) }
            if gravity > 0 { changed = Self.truncated(changed, by: gravity) }
            to.storeBytes(of: changed, toByteOffset: byte, as: Block.self)
            if Rule.states > 0 { to.storeBytes(of: state.first, toByteOffset: byte &+ plane, as: Block.self) }
            if Rule.states > 1 { to.storeBytes(of: state.second, toByteOffset: byte &+ 2 &* plane, as: Block.self) }
            let difference = changed - weights
            change += difference * difference
            length += changed * changed
            if Rule.states > 0 { firsts += state.first * state.first }
            if Rule.states > 1 { seconds += state.second * state.second }
            byte &+= MemoryLayout<Block>.stride
        }
        return Proposal(change: change.sum(), length: length.sum(), first: firsts.sum(), second: seconds.sum())
    }

    /// Towards 0 by `gravity` and not beyond it.
    /// - Source: Langford, Li and Zhang, JMLR 10 (2009), truncated gradient with K = 1 and no upper bound.
    @inline(__always)
    private static func truncated(_ weights: Block, by gravity: Float) -> Block {
        let pull = Block(repeating: gravity)
        let magnitude = weights.replacing(with: -weights, where: weights .< 0) - pull
        let kept = magnitude.replacing(with: 0, where: magnitude .< 0)
        return kept.replacing(with: -kept, where: weights .< 0)
    }
}
