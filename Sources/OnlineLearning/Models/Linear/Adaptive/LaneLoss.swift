#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A loss over many margins at once, as the adaptive model needs it: slopes for the learners, likelihoods for their mix.
struct LaneLoss {
    /// No expert is ever given less, so that its weight can come back.
    static let smallestLikelihood: Float = 1e-12

    let kind: LossKind
    let shape: LossShape
    let target: Float
    let weight: Float

    /// The slopes of the loss by the margins.
    /// - Parameter outputs: the margins' probabilities under the logistic loss; not read under any other.
    @inline(__always)
    func gradients(_ margins: Lanes, outputs: Lanes) -> Lanes {
        switch kind {
        case .logistic: outputs - target
        case .squared: margins - target
        default: otherGradients(margins)
        }
    }

    @inline(never)
    private func otherGradients(_ margins: Lanes) -> Lanes {
        var slopes = Lanes.zero
        for lane in 0..<8 {
            slopes[lane] = Float(kind.gradient(margin: Double(margins[lane]), target: Double(target), shape: shape))
        }
        return slopes
    }

    @inline(__always)
    func curvatures(_ margins: Lanes) -> Lanes {
        kind == .poisson
            ? Lanes.exponential(margins.within(-30, 30)).atLeast(max(target, 1))
            : Lanes(repeating: Float(kind.curvature(margin: 0, target: 0)))
    }

    /// `exp(-weight × loss)` of what experts say, in the form in which it is mixed.
    @inline(__always)
    func likelihoods(_ outputs: Lanes) -> Lanes {
        var likelihoods: Lanes
        switch kind {
        case .logistic where weight == 1: likelihoods = target == 1 ? outputs : 1 - outputs
        case .squared:
            let residuals = outputs - target
            likelihoods = Lanes.exponential(residuals * residuals * (-0.5 * weight))
        default: likelihoods = otherLikelihoods(outputs)
        }
        return likelihoods.atLeast(Self.smallestLikelihood)
    }

    @inline(never)
    private func otherLikelihoods(_ outputs: Lanes) -> Lanes {
        var found = Lanes.zero
        for lane in 0..<8 { found[lane] = Float(exp(-Double(weight) * loss(Double(outputs[lane])))) }
        return found
    }

    /// The loss of what is mixed, 0 or more.
    @inline(__always)
    func loss(_ output: Double) -> Double {
        let target = Double(target)
        switch kind {
        case .logistic: return -log(max(target == 1 ? output : 1 - output, Double(Self.smallestLikelihood)))
        default: return kind.excess(margin: output, target: target, shape: shape)
        }
    }
}
