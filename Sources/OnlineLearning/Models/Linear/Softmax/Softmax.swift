#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Probabilities from the margins of classes, and the cross-entropy.
public enum Softmax {
    /// Turns margins into probabilities, in place; no margin makes it overflow.
    /// - Shape: `[classes]`. Cost: O(classes), allocates nothing.
    /// - Returns: The logarithm of the sum of exponentials; not finite where a margin isn't.
    @discardableResult
    public static func normalize(_ margins: UnsafeMutableBufferPointer<Double>) -> Double {
        var largest = -Double.infinity
        for margin in margins where !(margin <= largest) { largest = margin }
        var sum = 0.0
        for index in margins.indices {
            margins[index] = exp(margins[index] - largest)
            sum += margins[index]
        }
        for index in margins.indices { margins[index] /= sum }
        return largest + log(sum)
    }

    /// The negative log likelihood of a class under the margins.
    /// - Shape: `[classes]` to a scalar. Cost: O(classes), allocates nothing.
    public static func loss(_ margins: UnsafeBufferPointer<Double>, of label: Int) -> Double {
        let largest = margins.max() ?? 0
        var sum = 0.0
        for margin in margins { sum += exp(margin - largest) }
        return (largest - margins[label]) + log(sum)
    }

    /// The largest eigenvalue that the second derivative by the margins can have.
    /// - Source: Böhning, Annals of the Institute of Statistical Mathematics 44 (1992).
    static let curvature = 0.5

    /// The first of the largest.
    static func best(_ probabilities: UnsafeMutableBufferPointer<Double>) -> Int {
        var best = 0
        for index in probabilities.indices where probabilities[index] > probabilities[best] { best = index }
        return best
    }

    /// The class's index, where the label is one of `classes`.
    static func index(of target: Double, classes: Int) -> Int? {
        target >= 0 && target < Double(classes) && target == target.rounded() ? Int(target) : nil
    }
}
