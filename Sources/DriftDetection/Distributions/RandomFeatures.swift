internal import Glibc
internal import Records

/// Random Fourier features: a map of rows to vectors whose inner products are near the Gaussian kernel of the rows.
///
/// - Shape: rows of d numbers in, `count` numbers out, a cosine and a sine a frequency. Unit: none; rows are
///   standardized. The vectors' length is 1. Cost: O(d × count / 2) and `count` sines and cosines; memory is made at
///   init.
/// - Source: Rahimi and Recht, Random features for large-scale kernel machines, NIPS 2007. Frequencies are normal with
///   deviation 1 / bandwidth, by Box and Muller over a hash of seed and index.
struct RandomFeatures: ~Copyable {
    let dimensions: Int
    let count: Int
    /// Row-major, count / 2 × dimensions.
    private let frequencies: UnsafeMutableBufferPointer<Double>

    /// - Parameter pairs: frequencies, at least 1.
    init(dimensions: Int, pairs: Int, bandwidth: Double, seed: UInt64) {
        self.dimensions = dimensions
        count = 2 * pairs
        frequencies = .allocate(capacity: pairs * dimensions)
        for index in 0..<(pairs * dimensions) {
            frequencies.initializeElement(at: index, to: Self.normal(seed, UInt64(index)) / bandwidth)
        }
    }

    deinit { frequencies.deallocate() }

    /// - Parameters:
    ///   - row: `dimensions` numbers.
    ///   - target: `count` numbers.
    @inline(__always)
    func map(_ row: UnsafeBufferPointer<Double>, into target: UnsafeMutableBufferPointer<Double>) {
        let height = (2 / Double(count)).squareRoot()
        var frequency = 0
        for pair in 0..<(count / 2) {
            var angle = 0.0
            for dimension in 0..<dimensions {
                angle += frequencies[frequency] * row[dimension]
                frequency += 1
            }
            target[2 * pair] = height * cos(angle)
            target[2 * pair + 1] = height * sin(angle)
        }
    }

    private static func normal(_ seed: UInt64, _ index: UInt64) -> Double {
        let radius = (-2 * log(1 - uniform(seed, 2 * index))).squareRoot()
        return radius * cos(2 * .pi * uniform(seed, 2 * index + 1))
    }

    private static func uniform(_ seed: UInt64, _ index: UInt64) -> Double {
        Double(ValueHash.combined(seed, index) >> 11) * 0x1p-53
    }
}
