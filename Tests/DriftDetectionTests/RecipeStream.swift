/// The streams of the drift vectors, made by their recipe: SplitMix64 and no libm, so that they are the same anywhere.
struct RecipeStream {
    private var state: UInt64

    init(seed: Int, stream: Int) { state = UInt64(seed * 1_000_003 + stream) }

    /// 15,000 values of one of the four kinds, which change at 10,000 and after.
    static func values(_ name: String, seed: Int, stream: Int, count: Int, changePoint: Int) -> [Double] {
        var generator = RecipeStream(seed: seed, stream: stream)
        return (0..<count).map { index in
            let since = Double(index - changePoint)
            let abrupt = index < changePoint ? 0.0 : 1.0
            let share = name.hasSuffix("abrupt") ? abrupt : index < changePoint ? 0 : min(since / 1000, 1)
            return name.hasPrefix("bern")
                ? (generator.uniform() < 0.2 + 0.2 * share ? 1 : 0) : generator.nearlyGaussian(mean: 0.5 * share)
        }
    }

    mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Twelve uniform values, summed from the left.
    mutating func nearlyGaussian(mean: Double) -> Double {
        var sum = uniform()
        for _ in 1..<12 { sum += uniform() }
        return sum - 6 + mean
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
