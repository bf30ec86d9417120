internal import LinearAlgebra

/// A model's weights with its intercept and its optimizer's state, twice.
///
/// An update is written beside what is, and becomes it only when every number of it is sound: so it is kept whole or not
/// at all, and costs no copy. The intercept stands behind the weights as the weight of an input that is always 1.
struct Parameters: ~Copyable {
    /// A weight or state beyond this is refused like one that isn't finite: with inputs up to 10,000 in magnitude every
    /// margin then stays finite in Float32.
    static let largestMagnitude: Float = 1e30

    let configuration: OptimizerConfiguration
    let featureCount: Int
    /// How many sets of weights with an intercept there are: 1, or one a class.
    let rows: Int
    /// Weights and intercept of one row, filled up to whole blocks.
    let rowStride: Int
    /// Of all rows.
    let stride: Int
    /// [2, 1 + states, rows, rowStride]
    private let memory: Storage<Float>
    private var current = 0
    /// Updates kept, which is what a schedule goes by.
    var updates: UInt64 = 0

    init(featureCount: Int, rows: Int = 1, configuration: OptimizerConfiguration) {
        self.featureCount = featureCount
        self.rows = rows
        self.configuration = configuration
        rowStride = (featureCount / Block.scalarCount + 1) * Block.scalarCount
        stride = rows * rowStride
        memory = Storage(repeating: 0, count: 2 * (1 + configuration.kind.statesPerWeight) * stride)
    }

    private var half: Int { (1 + configuration.kind.statesPerWeight) * stride }

    /// `[rows]` of `[featureCount]` weights, then the intercept, then zeros up to `rowStride`.
    @inline(__always)
    var weights: UnsafeMutablePointer<Float> { memory.base + current * half }

    @inline(__always)
    func margin(_ x: UnsafePointer<Float>) -> Double {
        margin(x, row: 0)
    }

    @inline(__always)
    func margin(_ x: UnsafePointer<Float>, row: Int) -> Double {
        let own = weights + row &* rowStride
        return Double(Vectors.dot(own, x, count: featureCount)) + Double(own[featureCount])
    }

    /// One update with the gradient `factor * source`.
    /// - Parameters:
    ///   - source: `[stride]`, zeros behind the intercepts'.
    ///   - curvature: second derivative by the margin times the weight; what a normalized step is divided by.
    ///   - squaredNorm: of the inputs with the intercept's 1.
    ///   - stepFactor: what is left of the step size after divergence.
    /// - Returns: False where the update was refused and nothing has changed.
    @inline(__always)
    mutating func update(
        _ source: UnsafePointer<Float>, factor: Double, curvature: Double, squaredNorm: Double, stepFactor: Double = 1
    ) -> Bool {
        let number = Double(updates) + 1
        var step = configuration.stepSize * configuration.schedule.factor(update: number) * stepFactor
        if configuration.normalizesSteps { step /= 1 + step * configuration.reach * curvature * squaredNorm }
        var factor = factor
        if let clip = configuration.clip {
            let norm = abs(factor) * Double(Vectors.squaredNorm(source, count: stride)).squareRoot()
            if norm > clip { factor *= clip / norm }
        }
        let kept =
            switch configuration.kind {
            case .sgd: write(GradientDescent(), source, Float(factor), Float(step))
            case .momentum: write(Momentum(momentum: Float(configuration.momentum)), source, Float(factor), Float(step))
            case .nesterov: write(Nesterov(momentum: Float(configuration.momentum)), source, Float(factor), Float(step))
            case .adagrad: write(AdaGrad(epsilon: Float(configuration.epsilon)), source, Float(factor), Float(step))
            case .rmsprop:
                write(
                    RMSProp(decay: Float(configuration.decay), epsilon: Float(configuration.epsilon)), source,
                    Float(factor), Float(step))
            case .adam: write(Adam(configuration, update: number), source, Float(factor), Float(step))
            case .adamw: write(AdamW(configuration, update: number), source, Float(factor), Float(step))
            }
        if kept {
            current = 1 - current
            updates &+= 1
        }
        return kept
    }

    /// Takes the last update back, which was kept; once, and before any other. What the optimizer has built up of a direction is
    /// forgotten, because it would lead there again.
    mutating func undo() {
        current = 1 - current
        updates &-= 1
        guard configuration.kind.statesPerWeight > 0, configuration.reach > 1 else { return }
        (weights + stride).update(repeating: 0, count: stride)
    }

    /// Writes weights and state as they would be into the other half; true where all of it is sound.
    @inline(__always)
    private func write<Rule: UpdateRule>(_ rule: Rule, _ source: UnsafePointer<Float>, _ factor: Float, _ step: Float)
        -> Bool
    {
        let from = UnsafeRawPointer(memory.base + current * half)
        let to = UnsafeMutableRawPointer(memory.base + (1 - current) * half)
        let source = UnsafeRawPointer(source)
        let plane = stride * MemoryLayout<Float>.stride
        let rowBlocks = rowStride / Block.scalarCount
        let l2 = Block(repeating: Float(configuration.l2))
        let gravity = Block(repeating: step * Float(configuration.l1))
        let penalized = configuration.l1 > 0 || configuration.l2 > 0
        let limit = configuration.clipValue.map { Block(repeating: Float($0)) }
        var sound = SIMDMask<SIMD8<Int32>>(repeating: true)
        var left = rowBlocks
        for index in 0..<rows * rowBlocks {
            let byte = index * MemoryLayout<Block>.stride
            let weights = from.loadUnaligned(fromByteOffset: byte, as: Block.self)
            var gradient = factor * source.loadUnaligned(fromByteOffset: byte, as: Block.self)
            if let limit { gradient = gradient.clamped(lowerBound: -limit, upperBound: limit) }
            left -= 1
            var held = weights
            if penalized && left == 0 {
                held[featureCount % Block.scalarCount] = 0
                left = rowBlocks
            }
            if penalized && !Rule.decouplesDecay { gradient += l2 * held }
            var state = BlockState(first: .zero, second: .zero)
            if Rule.states > 0 { state.first = from.loadUnaligned(fromByteOffset: byte + plane, as: Block.self) }
            if Rule.states > 1 { state.second = from.loadUnaligned(fromByteOffset: byte + 2 * plane, as: Block.self) }
            var changed = weights - step * rule.direction(gradient, &state)
            if penalized {
                if Rule.decouplesDecay { changed -= step * (l2 * held) }
                let intercept = featureCount % Block.scalarCount
                let free = changed[intercept]
                changed = truncated(changed, by: gravity)
                if left == rowBlocks { changed[intercept] = free }
            }
            sound = sound .& isSound(changed)
            to.storeBytes(of: changed, toByteOffset: byte, as: Block.self)
            if Rule.states > 0 {
                sound = sound .& isSound(state.first)
                to.storeBytes(of: state.first, toByteOffset: byte + plane, as: Block.self)
            }
            if Rule.states > 1 {
                sound = sound .& isSound(state.second)
                to.storeBytes(of: state.second, toByteOffset: byte + 2 * plane, as: Block.self)
            }
        }
        return all(sound)
    }

    @inline(__always)
    private func isSound(_ values: Block) -> SIMDMask<SIMD8<Int32>> {
        (values .< Self.largestMagnitude) .& (values .> -Self.largestMagnitude)
    }

    /// Towards 0 by `gravity` and not beyond it, after every update.
    /// - Source: Langford, Li and Zhang, JMLR 10 (2009), truncated gradient with K = 1 and no upper bound.
    @inline(__always)
    private func truncated(_ weights: Block, by gravity: Block) -> Block {
        let shrunk = weights.replacing(with: weights - gravity, where: weights .> 0)
        let above = shrunk.replacing(with: 0, where: (weights .> 0) .& (shrunk .< 0))
        let grown = above.replacing(with: weights + gravity, where: weights .< 0)
        return grown.replacing(with: 0, where: (weights .< 0) .& (grown .> 0))
    }
}
