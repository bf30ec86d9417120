internal import LinearAlgebra
internal import Records

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
    /// Weights and intercept, filled up to whole blocks.
    let stride: Int
    /// [2, 1 + states, stride]
    private let memory: Storage<Float>
    private var current = 0
    /// Updates kept, which is what a schedule goes by.
    private(set) var updates: UInt64 = 0

    init(featureCount: Int, configuration: OptimizerConfiguration) {
        self.featureCount = featureCount
        self.configuration = configuration
        stride = (featureCount / Block.scalarCount + 1) * Block.scalarCount
        memory = Storage(repeating: 0, count: 2 * (1 + configuration.kind.statesPerWeight) * stride)
    }

    private var half: Int { (1 + configuration.kind.statesPerWeight) * stride }

    /// `[featureCount]` weights, then the intercept, then zeros up to `stride`.
    @inline(__always)
    var weights: UnsafeMutablePointer<Float> { memory.base + current * half }

    @inline(__always)
    func margin(_ x: UnsafePointer<Float>) -> Double {
        Double(Vectors.dot(weights, x, count: featureCount)) + Double(weights[featureCount])
    }

    /// One update with the gradient `factor * source`.
    /// - Parameters:
    ///   - source: `[stride]`, zeros behind the intercept's.
    ///   - curvature: second derivative by the margin times the weight; what a normalized step is divided by.
    ///   - squaredNorm: of the inputs with the intercept's 1.
    /// - Returns: False where the update was refused and nothing has changed.
    @inline(__always)
    mutating func update(
        _ source: UnsafePointer<Float>, factor: Double, curvature: Double, squaredNorm: Double
    ) -> Bool {
        let number = Double(updates + 1)
        var step = configuration.stepSize * configuration.schedule.factor(update: number)
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
            case .adagrad: write(AdaGrad(epsilon: Float(configuration.epsilon)), source, Float(factor), Float(step))
            case .rmsprop:
                write(
                    RMSProp(decay: Float(configuration.decay), epsilon: Float(configuration.epsilon)), source,
                    Float(factor), Float(step))
            case .adam: write(Adam(configuration, update: number), source, Float(factor), Float(step))
            }
        if kept {
            current = 1 - current
            updates += 1
        }
        return kept
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
        let lastBlock = featureCount / Block.scalarCount
        var l2 = Block(repeating: Float(configuration.l2))
        var gravity = Block(repeating: step * Float(configuration.l1))
        let penalized = configuration.l1 > 0 || configuration.l2 > 0
        var sound = SIMDMask<SIMD8<Int32>>(repeating: true)
        var index = 0
        while index <= lastBlock {
            let byte = index * MemoryLayout<Block>.stride
            let weights = from.loadUnaligned(fromByteOffset: byte, as: Block.self)
            var gradient = factor * source.loadUnaligned(fromByteOffset: byte, as: Block.self)
            if penalized {
                if index == lastBlock {
                    l2[featureCount % Block.scalarCount] = 0
                    gravity[featureCount % Block.scalarCount] = 0
                }
                gradient += l2 * weights
            }
            var state = BlockState(first: .zero, second: .zero)
            if Rule.states > 0 { state.first = from.loadUnaligned(fromByteOffset: byte + plane, as: Block.self) }
            if Rule.states > 1 { state.second = from.loadUnaligned(fromByteOffset: byte + 2 * plane, as: Block.self) }
            var changed = weights - step * rule.direction(gradient, &state)
            if penalized { changed = truncated(changed, by: gravity) }
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
            index += 1
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

extension Parameters {
    private static let parts = ["weights", "first", "second"]

    func save(to archive: inout StateArchive, under prefix: String) {
        for part in 0...configuration.kind.statesPerWeight {
            let values = UnsafeBufferPointer(start: weights + part * stride, count: featureCount + 1)
            archive.put("\(prefix)/\(Self.parts[part])", floats: values)
        }
        archive.put(prefix + "/updates", counters: [updates])
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let updates = try archive.counters(prefix + "/updates", count: 1)[0]
        var planes: [[Float]] = []
        for part in 0...configuration.kind.statesPerWeight {
            let name = "\(prefix)/\(Self.parts[part])"
            let values = try archive.floats(name, count: featureCount + 1)
            for index in values.indices where !(abs(values[index]) < Self.largestMagnitude) {
                throw .impossible(name: name, reason: "element \(index) is \(values[index])")
            }
            planes.append(values)
        }
        for (part, values) in planes.enumerated() {
            (weights + part * stride).update(from: values, count: values.count)
        }
        self.updates = updates
    }
}
