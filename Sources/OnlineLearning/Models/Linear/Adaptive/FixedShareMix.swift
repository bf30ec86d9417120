/// Four sets of weights over the same experts, which follow how well each expert did lately; each forgets at a rate of its own.
///
/// A weight is multiplied by the likelihood that its expert gave to the label; then every expert gets its part of a small share
/// of the whole, so that one which was bad for long is found again soon after a change.
/// - Shape: experts by blocks of eight, to four means. Cost: O(experts), allocates nothing after `init`.
/// - Source: Herbster and Warmuth, Machine Learning 32 (1998), algorithm Fixed-Share with a uniform start.
struct FixedShareMix: ~Copyable {
    static let shares = SIMD4<Float>(0.0001, 0.001, 0.01, 0.05)
    let blocks: Int
    /// `[4, blocks]`; those of one share add up to 1.
    let weights: Storage<Lanes>

    init(blocks: Int) {
        self.blocks = blocks
        weights = Storage(repeating: Lanes(repeating: 1 / Float(8 * blocks)), count: 4 * blocks)
    }

    /// The mean of what the experts say, under each share.
    @inline(__always)
    func means(_ outputs: UnsafePointer<Lanes>) -> SIMD4<Float> {
        SIMD4(mean(0, outputs), mean(1, outputs), mean(2, outputs), mean(3, outputs))
    }

    @inline(__always)
    private func mean(_ share: Int, _ outputs: UnsafePointer<Lanes>) -> Float {
        var sum = Lanes.zero
        for block in 0..<blocks { sum += weights[share &* blocks &+ block] * outputs[block] }
        return sum.total
    }

    /// - Parameter likelihoods: `[blocks]`, above 0 and finite.
    @inline(__always)
    func update(_ likelihoods: UnsafePointer<Lanes>) {
        for share in 0..<4 {
            let own = weights.base + share &* blocks
            var sum = Lanes.zero
            for block in 0..<blocks {
                own[block] *= likelihoods[block]
                sum += own[block]
            }
            let part = Self.shares[share]
            let keep = (1 - part) / sum.total
            let gift = part / Float(8 &* blocks)
            for block in 0..<blocks { own[block] = own[block] * keep + gift }
        }
    }
}
