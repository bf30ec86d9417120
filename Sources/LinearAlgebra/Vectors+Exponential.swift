extension Vectors {
    /// Eight values of an elementwise function at once.
    @usableFromInline typealias Wide = SIMD8<Float>

    /// `e` to each value, within two units in the last place; values are first brought into ±87, where nothing overflows.
    ///
    /// `x = n ln 2 + r` with `|r| ≤ ln 2 / 2`, the Taylor series of `eʳ` up to the seventh power, and `n` put into the
    /// exponent's bits. No call into the C library, so the bits are the same on every machine.
    /// - Shape: `[8]` to `[8]`. Cost: O(1), allocates nothing. Not for NaN.
    @inline(__always)
    @usableFromInline
    static func exponential(_ x: Wide) -> Wide {
        let x = x.clamped(lowerBound: Wide(repeating: -87), upperBound: Wide(repeating: 87))
        // Adding 1.5 × 2^23 leaves the nearest integer in the lowest bits.
        let magic: Float = 12_582_912
        let shifted = x * Float(1.442_695_04) + magic
        let whole = shifted - magic
        // ln 2 in two parts, the first of few enough bits that its products are exact.
        let rest = (x - whole * Float(0.693_145_75)) - whole * Float(1.428_606_8e-6)
        var sum = rest * Float(1.0 / 5040) + Float(1.0 / 720)
        sum = sum * rest + Float(1.0 / 120)
        sum = sum * rest + Float(1.0 / 24)
        sum = sum * rest + Float(1.0 / 6)
        sum = sum * rest + Float(0.5)
        sum = sum * rest + 1
        sum = sum * rest + 1
        let exponent = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &<< 23
        return unsafeBitCast(unsafeBitCast(sum, to: SIMD8<Int32>.self) &+ exponent, to: Wide.self)
    }

    /// `x[i] = 1 / (1 + exp(-x[i]))`.
    /// - Shape: `[n]` in place. Cost: O(n), allocates nothing.
    @inline(never)
    public static func sigmoid(_ x: UnsafeMutablePointer<Float>, count: Int) {
        apply(x, count: count) { 1 / (1 + exponential(-$0)) }
    }

    /// `x[i] = tanh(x[i])`, as `1 - 2 / (exp(2x) + 1)`: exact to a Float32's unit at 1, not relative to a small result.
    /// - Shape: `[n]` in place. Cost: O(n), allocates nothing.
    @inline(never)
    public static func hyperbolicTangent(_ x: UnsafeMutablePointer<Float>, count: Int) {
        apply(x, count: count) { 1 - 2 / (exponential($0 + $0) + 1) }
    }

    /// `y[i] = exp(x[i])`, for values brought into ±87.
    /// - Shape: `[n]` into `[n]`. Cost: O(n), allocates nothing.
    @inline(never)
    public static func exponential(
        _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int
    ) {
        if x != UnsafePointer(y) { y.update(from: x, count: count) }
        apply(y, count: count) { exponential($0) }
    }

    /// Blocks of eight; what remains is copied into a block, so that every value takes the same way.
    @inline(__always)
    private static func apply(_ x: UnsafeMutablePointer<Float>, count: Int, _ function: (Wide) -> Wide) {
        let raw = UnsafeMutableRawPointer(x)
        let whole = count & ~7
        var index = 0
        while index < whole {
            let byte = index &* 4
            let values = raw.loadUnaligned(fromByteOffset: byte, as: Wide.self)
            raw.storeBytes(of: function(values), toByteOffset: byte, as: Wide.self)
            index &+= 8
        }
        guard index < count else { return }
        var block = Wide.zero
        for lane in 0..<(count &- index) { block[lane] = x[index &+ lane] }
        block = function(block)
        for lane in 0..<(count &- index) { x[index &+ lane] = block[lane] }
    }
}
