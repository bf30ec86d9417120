/// What the experts' margins come to: four means and four stackers over them, and a fixed share over these eight.
///
/// - Cost: O(experts) a call, allocates nothing after `init`.
struct ExpertMix: ~Copyable {
    /// A surer class counts for no more, so that one wrong record can't cost without limit.
    static let surest: Float = 0x1p-20

    let shares: FixedShareMix
    var stacker: MarginStacker
    var levels = LevelWeights()

    let blocks: Int
    let isLogistic: Bool
    /// `[blocks]`: as the banks give them, held within limits, and as they are mixed: probabilities under the logistic loss,
    /// held margins under any other.
    let margins: Storage<Lanes>
    let held: Storage<Lanes>
    let outputs: Storage<Lanes>
    private let computed: Storage<Computed>

    struct Computed: BitwiseCopyable {
        var stacked = SIMD4<Float>.zero
        var levelOutputs = SIMD8<Float>.zero
        var mixed: Float = 0
    }

    init(blocks: Int, isLogistic: Bool) {
        self.blocks = blocks
        self.isLogistic = isLogistic
        shares = FixedShareMix(blocks: blocks)
        stacker = MarginStacker(experts: 8 * blocks)
        margins = Storage(repeating: .zero, count: blocks)
        held = Storage(repeating: .zero, count: blocks)
        outputs = Storage(repeating: .zero, count: blocks)
        computed = Storage(repeating: Computed(), count: 1)
    }

    /// The stackers' margins, what the eight say, and the mix of it, as `combine` left them.
    @inline(__always)
    var last: Computed { computed[0] }

    @inline(__always)
    var heldMargins: UnsafePointer<Float> { UnsafeRawPointer(held.base).assumingMemoryBound(to: Float.self) }

    /// Mixes `margins`.
    @inline(__always)
    func combine(_ limits: MarginLimits) {
        for block in 0..<blocks {
            let own = margins[block]
            held[block] = own.within(limits.lowest, limits.highest)
            outputs[block] = isLogistic ? Lanes.probability(margin: own) : held[block]
        }
        var result = Computed()
        result.stacked = stacker.margins(heldMargins)
        let stacked = Lanes(lowHalf: result.stacked, highHalf: .zero)
        let said = isLogistic ? Lanes.probability(margin: stacked) : stacked.within(limits.lowest, limits.highest)
        result.levelOutputs = SIMD8(lowHalf: shares.means(outputs.base), highHalf: said.lowHalf)
        result.mixed = levels.mean(result.levelOutputs)
        if isLogistic && result.mixed.isFinite {
            result.mixed = min(max(result.mixed, Self.surest), 1 - Self.surest)
        }
        computed[0] = result
    }

    /// Moves the weights towards what did well.
    /// - Parameters:
    ///   - likelihoods: `[blocks]`, those of the experts, above 0 and finite.
    ///   - levelLikelihoods: those of the eight.
    @inline(__always)
    mutating func update(_ likelihoods: UnsafePointer<Lanes>, _ levelLikelihoods: SIMD8<Float>) {
        shares.update(likelihoods)
        levels.update(levelLikelihoods)
    }
}
