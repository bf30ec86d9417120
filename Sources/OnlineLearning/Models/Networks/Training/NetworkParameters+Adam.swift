internal import LinearAlgebra

/// Adam and AdamW over a whole block, as they are used most.
///
/// In simple loops over pieces that stay in the first cache, each of which the compiler turns into vector instructions; it
/// doesn't for the one loop that does all at once, which takes three times as long.
extension NetworkParameters {
    private static let piece = 1024

    /// - Parameters:
    ///   - rule: for this update.
    ///   - factor: what the gradient is shortened by.
    ///   - decay: the L2 penalty where it shrinks the weights beside the gradient; else it is a part of that.
    func write(_ rule: Adam, factor: Float, step: Float, decay: Bool) -> Proposal {
        let l2 = Float(configuration.l2)
        let kept = decay ? 1 - step * l2 : 1
        let from = weights
        let to = proposedWeights
        var (change, length, firsts, seconds): (Float, Float, Float, Float) = (0, 0, 0, 0)
        var start = 0
        while start < stride {
            let count = min(Self.piece, stride - start)
            let gradient = gradient.base + start
            let (first, newFirst) = (from + (stride + start), to + (stride + start))
            let (second, newSecond) = (from + (2 * stride + start), to + (2 * stride + start))
            let (old, new) = (from + start, to + start)
            if factor != 1 {
                for index in 0..<count { gradient[index] *= factor }
            }
            if l2 > 0 && !decay {
                for index in 0..<count { gradient[index] += l2 * old[index] }
            }
            let (keepFirst, keepSecond) = (rule.firstMoment, rule.secondMoment)
            for index in 0..<count {
                newFirst[index] = keepFirst * first[index] + (1 - keepFirst) * gradient[index]
            }
            for index in 0..<count {
                newSecond[index] =
                    keepSecond * second[index] + (1 - keepSecond) * (gradient[index] * gradient[index])
            }
            let scale = step * rule.firstCorrection
            let (spread, epsilon) = (rule.secondCorrection, rule.epsilon)
            for index in 0..<count {
                gradient[index] = scale * newFirst[index] / (spread * Self.root(newSecond[index]) + epsilon)
            }
            for index in 0..<count { new[index] = kept * old[index] - gradient[index] }
            change += Vectors.squaredNorm(gradient, count: count)
            length += Vectors.squaredNorm(new, count: count)
            firsts += Vectors.squaredNorm(newFirst, count: count)
            seconds += Vectors.squaredNorm(newSecond, count: count)
            start += count
        }
        return Proposal(change: change, length: length, first: firsts, second: seconds)
    }

    /// The square root of a number from 0 up, within a millionth of it: the exponent's bits halved, a first step whose
    /// numbers make its largest error least, then one of Newton's method for the inverse root. The library's own is a call
    /// that no loop is vectorised around.
    /// - Source: Walczyk, Moroz and Cieśliński, Improving the accuracy of the fast inverse square root by modifying
    ///   Newton-Raphson corrections, Entropy 23 (2021).
    @inline(__always)
    private static func root(_ value: Float) -> Float {
        var inverse = Float(bitPattern: 0x5f1f_fff9 &- (value.bitPattern >> 1))
        inverse *= 0.703952253 * (2.38924456 - (value * inverse) * inverse)
        inverse *= 1.5 - (0.5 * value * inverse) * inverse
        return value * inverse
    }
}
