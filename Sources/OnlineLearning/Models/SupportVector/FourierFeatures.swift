#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif
internal import LinearAlgebra

/// Cosines of random projections, whose products are about those of a Gaussian kernel.
///
/// They follow from the seed, so a snapshot needs none of them.
/// - Shape: `[inputs]` to `[count]`. Cost: O(inputs × count), allocates nothing after `init`.
/// - Source: Rahimi and Recht, "Random Features for Large-Scale Kernel Machines", NIPS (2007).
struct FourierFeatures: ~Copyable {
    let inputs: Int
    let count: Int
    /// `[inputs, count]`
    private let frequencies: Storage<Float>
    /// `[count]`
    private let phases: Storage<Float>
    /// `[count]`: working memory, no state.
    private let features: Storage<Float>
    private let height: Float

    init(_ configuration: FourierFeaturesConfiguration, inputs: Int) {
        precondition(configuration.count >= 1 && configuration.gamma > 0, "a kernel has features and a gamma above 0")
        self.inputs = inputs
        count = configuration.count
        frequencies = Storage(repeating: 0, count: inputs * count)
        phases = Storage(repeating: 0, count: count)
        features = Storage(repeating: 0, count: count)
        height = Float((2 / Double(count)).squareRoot())
        let deviation = (2 * configuration.gamma).squareRoot()
        var generator = SeededGenerator(seed: configuration.seed)
        for index in 0..<inputs * count { frequencies[index] = Float(deviation * generator.normal()) }
        for index in 0..<count { phases[index] = Float(2 * Double.pi * generator.uniform()) }
    }

    /// The features of `x`, valid until the next call.
    /// - Parameter x: `[inputs]`, finite.
    @inline(__always)
    func transform(_ x: UnsafeBufferPointer<Float>) -> UnsafeBufferPointer<Float> {
        features.base.update(from: phases.base, count: count)
        for index in 0..<inputs where x[index] != 0 {
            Vectors.axpy(x[index], frequencies.base + index * count, into: features.base, count: count)
        }
        for index in 0..<count { features[index] = height * cosf(features[index]) }
        return UnsafeBufferPointer(start: features.base, count: count)
    }
}
