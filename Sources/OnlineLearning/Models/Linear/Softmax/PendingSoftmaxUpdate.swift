/// The unfinished batch of an adaptive softmax model: sums over the records that wait in it. Without coordinates where every
/// record is an update.
struct PendingSoftmaxUpdate: ~Copyable {
    /// `[classes, coordinates]`
    let weights: Storage<Lanes>
    let squares: Storage<Float>
    /// `[8]`
    let stacker: Storage<SIMD4<Float>>
    /// Products of likelihoods, the largest of them brought to 1 after every record.
    var likelihoods = Lanes(repeating: 1)
    var levelLikelihoods = SIMD8<Float>(repeating: 1)
    /// `[classes]`
    let residuals: Storage<Double>

    init(classes: Int, coordinates: Int) {
        weights = Storage(repeating: .zero, count: classes * coordinates)
        squares = Storage(repeating: 0, count: classes * coordinates)
        stacker = Storage(repeating: .zero, count: 8)
        residuals = Storage(repeating: 0, count: classes)
    }

    mutating func multiply(_ factors: Lanes, _ levelFactors: SIMD8<Float>) {
        let grown = likelihoods * factors
        likelihoods = (grown / grown.max()).atLeast(LaneLoss.smallestLikelihood)
        let levels = levelLikelihoods * levelFactors
        levelLikelihoods = pointwiseMax(levels / levels.max(), SIMD8(repeating: LaneLoss.smallestLikelihood))
    }

    mutating func clear() {
        weights.values.update(repeating: .zero)
        squares.values.update(repeating: 0)
        stacker.values.update(repeating: .zero)
        residuals.values.update(repeating: 0)
        likelihoods = Lanes(repeating: 1)
        levelLikelihoods = SIMD8(repeating: 1)
    }
}
