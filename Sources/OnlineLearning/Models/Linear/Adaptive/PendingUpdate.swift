/// The unfinished batch of an adaptive model: sums over the records that wait in it. Empty where every record is an update.
struct PendingUpdate: ~Copyable {
    /// `[linear]`, `[linear]`, `[products]`: steps times inputs.
    let plain: Storage<Lanes>
    let scaled: Storage<Lanes>
    let products: Storage<Lanes>
    /// `[8 × blocks]`
    let stacker: Storage<SIMD4<Float>>
    /// `[blocks]` products of likelihoods, the largest of them brought to 1 after every record.
    let likelihoods: Storage<Lanes>
    var levelLikelihoods = SIMD8<Float>(repeating: 1)
    /// `[linear]` sums of squared gradients.
    let squares: Storage<Float>
    var residual = 0.0

    init(linear: Int, products: Int, blocks: Int) {
        plain = Storage(repeating: .zero, count: linear)
        scaled = Storage(repeating: .zero, count: linear)
        self.products = Storage(repeating: .zero, count: products)
        stacker = Storage(repeating: .zero, count: 8 * blocks)
        likelihoods = Storage(repeating: Lanes(repeating: 1), count: blocks)
        squares = Storage(repeating: 0, count: linear)
    }

    mutating func clear() {
        plain.values.update(repeating: .zero)
        scaled.values.update(repeating: .zero)
        products.values.update(repeating: .zero)
        stacker.values.update(repeating: .zero)
        likelihoods.values.update(repeating: Lanes(repeating: 1))
        levelLikelihoods = SIMD8(repeating: 1)
        squares.values.update(repeating: 0)
        residual = 0
    }

    mutating func multiply(_ factors: (Lanes, Lanes, Lanes), _ levelFactors: SIMD8<Float>) {
        var largest: Float = 0
        for block in 0..<likelihoods.count {
            likelihoods[block] *= block == 0 ? factors.0 : block == 1 ? factors.1 : factors.2
            largest = max(largest, likelihoods[block].max())
        }
        for block in 0..<likelihoods.count {
            likelihoods[block] = (likelihoods[block] / largest).atLeast(LaneLoss.smallestLikelihood)
        }
        let grown = levelLikelihoods * levelFactors
        let floor = SIMD8<Float>(repeating: LaneLoss.smallestLikelihood)
        levelLikelihoods = pointwiseMax(grown / grown.max(), floor)
    }
}
