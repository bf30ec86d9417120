extension Vectors {
    /// `y[i] = x[i]` where that is above 0, else `leak * x[i]`.
    /// - Shape: `[n]` into `[n]`, which may be the same. Cost: O(n), allocates nothing.
    @inline(never)
    public static func rectify(
        _ x: UnsafePointer<Float>, leak: Float, into y: UnsafeMutablePointer<Float>, count: Int
    ) {
        let (from, to) = (UnsafeRawPointer(x), UnsafeMutableRawPointer(y))
        let whole = count & ~7
        var index = 0
        while index < whole {
            let values = from.loadUnaligned(fromByteOffset: index &* 4, as: Wide.self)
            let bent = (values * leak).replacing(with: values, where: values .> 0)
            to.storeBytes(of: bent, toByteOffset: index &* 4, as: Wide.self)
            index &+= 8
        }
        while index < count {
            y[index] = x[index] > 0 ? x[index] : leak * x[index]
            index &+= 1
        }
    }

    /// `slope[i] *= leak` where `x[i]` isn't above 0.
    /// - Shape: `[n]`, `[n]` in place. Cost: O(n), allocates nothing.
    @inline(never)
    public static func rectifySlope(
        _ slope: UnsafeMutablePointer<Float>, leak: Float, where x: UnsafePointer<Float>, count: Int
    ) {
        let (from, to) = (UnsafeRawPointer(x), UnsafeMutableRawPointer(slope))
        let whole = count & ~7
        var index = 0
        while index < whole {
            let values = from.loadUnaligned(fromByteOffset: index &* 4, as: Wide.self)
            let slopes = to.loadUnaligned(fromByteOffset: index &* 4, as: Wide.self)
            let bent = (slopes * leak).replacing(with: slopes, where: values .> 0)
            to.storeBytes(of: bent, toByteOffset: index &* 4, as: Wide.self)
            index &+= 8
        }
        while index < count {
            slope[index] *= x[index] > 0 ? 1 : leak
            index &+= 1
        }
    }
}
