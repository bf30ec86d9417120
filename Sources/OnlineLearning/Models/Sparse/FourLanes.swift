/// Numbers of four learners.
struct FourLanes: WeightRow {
    static var count: Int { 4 }
    var lanes: SIMD4<Float>

    @inline(__always)
    init(_ lanes: SIMD4<Float>) { self.lanes = lanes }
    @inline(__always)
    init(all value: Float) { lanes = SIMD4(repeating: value) }
    @inline(__always)
    init(lanes value: (Int) -> Float) {
        lanes = SIMD4()
        for lane in 0..<4 { lanes[lane] = value(lane) }
    }

    /// In pairs, the same order everywhere.
    @inline(__always)
    var total: Float {
        let two = lanes.lowHalf + lanes.highHalf
        return two.x + two.y
    }

    @inline(__always)
    var largest: Float { lanes.max() }
    @inline(__always)
    var magnitudes: FourLanes { FourLanes(lanes.replacing(with: -lanes, where: lanes .< 0)) }
    @inline(__always)
    var roots: FourLanes { FourLanes(lanes.squareRoot()) }

    @inline(__always)
    func within(_ lowest: Float, _ highest: Float) -> FourLanes {
        let raised = lanes.replacing(with: lowest, where: lanes .< lowest)
        return FourLanes(raised.replacing(with: highest, where: raised .> highest))
    }

    @inline(__always)
    func isBelow(_ limit: Float) -> Bool { all(lanes .< SIMD4(repeating: limit)) }

    @inline(__always)
    func exceeds(_ limit: FourLanes) -> FourLanes {
        FourLanes(SIMD4(repeating: 1).replacing(with: 0, where: lanes .<= limit.lanes))
    }

    @inline(__always)
    static func + (left: FourLanes, right: FourLanes) -> FourLanes { FourLanes(left.lanes + right.lanes) }
    @inline(__always)
    static func - (left: FourLanes, right: FourLanes) -> FourLanes { FourLanes(left.lanes - right.lanes) }
    @inline(__always)
    static func * (left: FourLanes, right: FourLanes) -> FourLanes { FourLanes(left.lanes * right.lanes) }
    @inline(__always)
    static func / (left: FourLanes, right: FourLanes) -> FourLanes { FourLanes(left.lanes / right.lanes) }

    /// To two units in the last place, all lanes at once, as in `EightLanes`.
    /// - Source: range reduction and coefficients of the Cephes library (Moshier 1989).
    @inline(__always)
    var exponentials: FourLanes {
        let x = within(-87, 87).lanes
        // Adding 1.5 × 2^23 leaves the nearest whole number in the low bits.
        let shifted: SIMD4<Float> = x * 1.442_695_04 + 12_582_912
        let whole: SIMD4<Float> = shifted - 12_582_912
        let rest: SIMD4<Float> = (x - whole * 0.693_359_375) + whole * 2.121_944_4e-4
        var series: SIMD4<Float> = rest * 1.987_569_15e-4 + 1.398_199_95e-3
        series = series * rest + 8.333_452e-3
        series = series * rest + 4.166_579_6e-2
        series = series * rest + 1.666_666_55e-1
        series = series * rest + 5.000_000_1e-1
        let mantissa: SIMD4<Float> = (series * rest) * rest + rest + 1
        let exponent = unsafeBitCast(shifted, to: SIMD4<Int32>.self) &- 0x4B40_0000
        return FourLanes(mantissa * unsafeBitCast((exponent &+ 127) &<< 23, to: SIMD4<Float>.self))
    }
}
