/// The last mix: of four means and four stackers, by a fixed share.
struct LevelWeights: BitwiseCopyable {
    static let share: Float = 0.001
    /// They add up to 1.
    var values = SIMD8<Float>(repeating: 0.125)

    @inline(__always)
    func mean(_ outputs: SIMD8<Float>) -> Float { Self.total(values * outputs) }

    /// - Parameter likelihoods: that each gave to the label, above 0 and finite.
    @inline(__always)
    mutating func update(_ likelihoods: SIMD8<Float>) {
        let grown = values * likelihoods
        values = grown * ((1 - Self.share) / Self.total(grown)) + Self.share / 8
    }

    @inline(__always)
    private static func total(_ eight: SIMD8<Float>) -> Float {
        let four = eight.lowHalf + eight.highHalf
        return (four.x + four.z) + (four.y + four.w)
    }
}
