#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif
internal import LinearAlgebra

/// What bends a layer's sums.
public enum Activation: String, Sendable, Hashable, CaseIterable {
    /// 0 below 0.
    case relu
    /// A hundredth of the value below 0.
    case leakyRelu = "leaky-relu"
    case tanh
    case sigmoid
    /// The value times the normal distribution's share below it, exactly (Hendrycks and Gimpel, 2016).
    case gelu

    static let leak: Float = 0.01

    /// Whether the derivative can be told from the result, so that the result may take the input's place.
    var worksInPlace: Bool { self != .gelu }

    /// `result[i] = f(input[i])`; both may be the same memory where `worksInPlace`.
    @inline(__always)
    func apply(_ input: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, count: Int) {
        switch self {
        case .relu: Vectors.rectify(input, leak: 0, into: result, count: count)
        case .leakyRelu: Vectors.rectify(input, leak: Self.leak, into: result, count: count)
        case .tanh:
            if input != UnsafePointer(result) { result.update(from: input, count: count) }
            Vectors.hyperbolicTangent(result, count: count)
        case .sigmoid:
            if input != UnsafePointer(result) { result.update(from: input, count: count) }
            Vectors.sigmoid(result, count: count)
        case .gelu:
            for index in 0..<count { result[index] = input[index] * Self.normalShare(below: input[index]) }
        }
    }

    /// `slope[i] *= f'(input[i])`.
    /// - Parameter input: not read where `worksInPlace`; it may then be the result.
    @inline(__always)
    func multiplyDerivative(
        input: UnsafePointer<Float>, result: UnsafePointer<Float>, into slope: UnsafeMutablePointer<Float>, count: Int
    ) {
        switch self {
        case .relu: Vectors.rectifySlope(slope, leak: 0, where: result, count: count)
        case .leakyRelu: Vectors.rectifySlope(slope, leak: Self.leak, where: result, count: count)
        case .tanh:
            for index in 0..<count { slope[index] *= 1 - result[index] * result[index] }
        case .sigmoid:
            for index in 0..<count { slope[index] *= result[index] * (1 - result[index]) }
        case .gelu:
            for index in 0..<count {
                let x = input[index]
                let density = exp(-0.5 * x * x) * Float(0.398_942_28)
                slope[index] *= Self.normalShare(below: x) + x * density
            }
        }
    }

    @inline(__always)
    private static func normalShare(below x: Float) -> Float { 0.5 * (1 + erff(x * Float(0.5).squareRoot())) }
}
