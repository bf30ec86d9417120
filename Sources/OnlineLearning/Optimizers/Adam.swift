#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Fading means of gradients and of their squares, both corrected for having begun at 0.
/// - Source: Kingma and Ba, "Adam" (ICLR 2015), algorithm 1.
struct Adam: UpdateRule {
    static var states: Int { 2 }
    let firstMoment: Float
    let secondMoment: Float
    let epsilon: Float
    /// 1 / (1 - firstMoment^t) and the root of 1 / (1 - secondMoment^t).
    let firstCorrection: Float
    let secondCorrection: Float

    /// - Parameter number: of the update, counted from 1.
    init(_ configuration: OptimizerConfiguration, update number: Double) {
        firstMoment = Float(configuration.firstMoment)
        secondMoment = Float(configuration.secondMoment)
        epsilon = Float(configuration.epsilon)
        firstCorrection = Float(1 / (1 - pow(configuration.firstMoment, number)))
        secondCorrection = Float((1 / (1 - pow(configuration.secondMoment, number))).squareRoot())
    }

    @inline(__always)
    func direction(_ gradient: Block, _ state: inout BlockState) -> Block {
        state.first = firstMoment * state.first + (1 - firstMoment) * gradient
        state.second = secondMoment * state.second + (1 - secondMoment) * (gradient * gradient)
        return (firstCorrection * state.first) / (secondCorrection * state.second.squareRoot() + epsilon)
    }
}
