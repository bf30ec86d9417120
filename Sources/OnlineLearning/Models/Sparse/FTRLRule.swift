/// The arithmetic of one coordinate.
///
/// Two numbers stand for it: the sum of its gradients, each less what the weight was pulled back by, and the sum of their
/// squares. Its weight is computed from them when it is read.
/// - Source: McMahan et al., "Ad Click Prediction: a View from the Trenches", KDD (2013), algorithm 1.
struct FTRLRule {
    let inverseStepSize: Float
    let damping: Float
    let l1: Float
    let l2: Float

    init(stepSize: Double, damping: Double, l1: Double, l2: Double) {
        inverseStepSize = Float(1 / stepSize)
        self.damping = Float(damping)
        self.l1 = Float(l1)
        self.l2 = Float(l2)
    }

    /// The same without penalties, as the intercept has it.
    var withoutPenalties: FTRLRule { FTRLRule(inverseStepSize: inverseStepSize, damping: damping, l1: 0, l2: 0) }

    private init(inverseStepSize: Float, damping: Float, l1: Float, l2: Float) {
        self.inverseStepSize = inverseStepSize
        self.damping = damping
        self.l1 = l1
        self.l2 = l2
    }

    @inline(__always)
    func weight(sum: Float, squares: Float) -> Float {
        let excess = abs(sum) - l1
        let divisor = (damping + squares.squareRoot()) * inverseStepSize + l2
        // A coordinate never seen has a divisor of 0 where there's no damping.
        guard excess > 0, divisor > 0 else { return 0 }
        return sum > 0 ? -excess / divisor : excess / divisor
    }

    @inline(__always)
    func update(sum: inout Float, squares: inout Float, weight: Float, gradient: Float) {
        let grown = squares + gradient * gradient
        let pull = (grown.squareRoot() - squares.squareRoot()) * inverseStepSize
        sum += gradient - pull * weight
        squares = grown
    }
}
