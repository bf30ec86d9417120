internal import LinearAlgebra

/// What each coordinate's gradients were like, so that a rare one goes in longer steps than one that is always there.
///
/// A coordinate is divided by the root of one plus the sum of its squared gradients, those of the mixed prediction.
/// - Cost: O(coordinates), allocates nothing after `init`.
/// - Source: Duchi, Hazan and Singer, JMLR 12 (2011), diagonal form; one sum serves all step sizes.
struct CoordinateScales: ~Copyable {
    /// A squared gradient counts for no more, so that times an input of 0 it is 0.
    private static let largestSquare: Float = 1e20

    let coordinates: Int
    /// `[coordinates]`, 0 or more; those of one row behind those of the row before.
    let sums: Storage<Float>

    init(coordinates: Int) {
        self.coordinates = coordinates
        sums = Storage(repeating: 0, count: coordinates)
    }

    /// - Parameters:
    ///   - row: whose sums to take, where there is more than one row of `count`.
    /// - Returns: The scalar product of what came and what went out: the squared norm in the scaled space.
    @inline(__always)
    func scale(_ x: UnsafePointer<Float>, into scaled: UnsafeMutablePointer<Float>, row: Int = 0, count: Int) -> Float {
        let sums = sums.base + row &* count
        var index = 0
        while index &+ 4 <= count {
            let divisors = (1 + Self.four(sums, index)).squareRoot()
            UnsafeMutableRawPointer(scaled + index).storeBytes(
                of: Self.four(x, index) / divisors, as: SIMD4<Float>.self)
            index &+= 4
        }
        while index < count {
            scaled[index] = x[index] / (1 + sums[index]).squareRoot()
            index &+= 1
        }
        return Vectors.dot(x, scaled, count: count)
    }

    /// - Parameter squaredGradient: by the margin, weighted.
    @inline(__always)
    func add(_ x: UnsafePointer<Float>, squaredGradient: Float, row: Int = 0, count: Int) {
        Self.add(x, squaredGradient: squaredGradient, into: sums.base + row &* count, count)
    }

    @inline(__always)
    static func add(
        _ x: UnsafePointer<Float>, squaredGradient: Float, into sums: UnsafeMutablePointer<Float>, _ count: Int
    ) {
        let largest = Parameters.largestMagnitude
        let squaredGradient = min(squaredGradient, largestSquare)
        var index = 0
        while index &+ 4 <= count {
            let inputs = four(x, index)
            let grown = four(sums, index) + squaredGradient * (inputs * inputs)
            let held = grown.replacing(with: largest, where: grown .> largest)
            UnsafeMutableRawPointer(sums + index).storeBytes(of: held, as: SIMD4<Float>.self)
            index &+= 4
        }
        while index < count {
            sums[index] = min(sums[index] + squaredGradient * (x[index] * x[index]), largest)
            index &+= 1
        }
    }

    @inline(__always)
    private static func four(_ values: UnsafePointer<Float>, _ index: Int) -> SIMD4<Float> {
        UnsafeRawPointer(values + index).loadUnaligned(as: SIMD4<Float>.self)
    }
}
