/// Eight learners side by side: a number of each of them.
typealias Lanes = SIMD8<Float>

extension SIMD8<Float> {
    /// The sum in pairs, the same order everywhere.
    @inline(__always)
    var total: Float {
        let four = lowHalf + highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }

    @inline(__always)
    func atLeast(_ floor: Float) -> Lanes { replacing(with: floor, where: self .< floor) }

    /// To ±`limit`; what isn't a number stays so.
    @inline(__always)
    func within(_ lowest: Float, _ highest: Float) -> Lanes {
        atLeast(lowest).replacing(with: highest, where: self .> highest)
    }

    @inline(__always)
    var magnitudes: Lanes { replacing(with: -self, where: self .< 0) }

    /// The exponential function of each lane, to two units in the last place; arguments are held within ±87.
    ///
    /// By powers of two and a polynomial on what is left, all lanes at once, so that it costs about two scalar calls.
    /// - Source: the range reduction and the coefficients are those of Cephes (Moshier 1989).
    @inline(__always)
    static func exponential(_ argument: Lanes) -> Lanes {
        let x = argument.within(-87, 87)
        // Adding 1.5 × 2^23 leaves the nearest whole number in the low bits.
        let shifted = x * 1.44269504 + 12_582_912
        let whole = shifted - 12_582_912
        let rest = (x - whole * 0.693359375) + whole * 2.12194440e-4
        var series = rest * 1.9875691500e-4 + 1.3981999507e-3
        series = series * rest + 8.3334519073e-3
        series = series * rest + 4.1665795894e-2
        series = series * rest + 1.6666665459e-1
        series = series * rest + 5.0000001201e-1
        let power = (series * rest) * rest + rest + 1
        let exponent = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- 0x4B40_0000
        return power * unsafeBitCast((exponent &+ 127) &<< 23, to: Lanes.self)
    }

    /// The logistic function of each lane.
    @inline(__always)
    static func probability(margin: Lanes) -> Lanes { 1 / (1 + exponential(-margin)) }
}
