extension Vectors {
    private typealias Lanes = SIMD4<Float>

    /// Two sums of four lanes each over whole blocks of eight, then the rest one by one.
    ///
    /// A plain loop isn't vectorised, because Swift keeps the order of float sums. This order is written out, so it is
    /// the same on every machine, which OpenBLAS doesn't promise.
    @inline(__always)
    static func smallDot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float {
        let a = UnsafeRawPointer(a)
        let b = UnsafeRawPointer(b)
        let blocks = count & ~7
        var even = Lanes.zero
        var odd = Lanes.zero
        var index = 0
        while index < blocks {
            let byte = index &* 4
            even +=
                a.loadUnaligned(fromByteOffset: byte, as: Lanes.self)
                * b.loadUnaligned(fromByteOffset: byte, as: Lanes.self)
            odd +=
                a.loadUnaligned(fromByteOffset: byte &+ 16, as: Lanes.self)
                * b.loadUnaligned(fromByteOffset: byte &+ 16, as: Lanes.self)
            index &+= 8
        }
        var rest: Float = 0
        while index < count {
            rest +=
                a.load(fromByteOffset: index &* 4, as: Float.self) * b.load(fromByteOffset: index &* 4, as: Float.self)
            index &+= 1
        }
        let lanes = even + odd
        return ((lanes[0] + lanes[2]) + (lanes[1] + lanes[3])) + rest
    }

    @inline(__always)
    static func smallAxpy(
        _ factor: Float, _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int
    ) {
        for index in 0..<count { y[index] += factor * x[index] }
    }

    /// In the order of `smallDot`.
    @inline(__always)
    static func smallSum(_ a: UnsafePointer<Float>, count: Int) -> Float {
        let raw = UnsafeRawPointer(a)
        let blocks = count & ~3
        var lanes = Lanes.zero
        var index = 0
        while index < blocks {
            lanes += raw.loadUnaligned(fromByteOffset: index &* 4, as: Lanes.self)
            index &+= 4
        }
        var rest: Float = 0
        while index < count {
            rest += a[index]
            index &+= 1
        }
        return ((lanes[0] + lanes[2]) + (lanes[1] + lanes[3])) + rest
    }
}
