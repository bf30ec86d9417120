import OnlineLearning
import Testing

@Suite struct LossTests {
    @Test(arguments: LossKind.allCases)
    func `the gradient is the slope of the loss`(loss: LossKind) {
        let targets: [Double] = loss.isForClasses ? [0, 1] : loss == .poisson ? [0, 1, 7] : [-3.1, 0, 0.705]
        for target in targets {
            // No margin lies on a corner of the hinge or of Huber's loss.
            for margin in stride(from: -4.03, through: 4, by: 0.11) {
                let step = 1e-6
                let slope =
                    (loss.value(margin: margin + step, target: target)
                        - loss.value(margin: margin - step, target: target)) / (2 * step)
                #expect(abs(slope - loss.gradient(margin: margin, target: target)) < 1e-6, "\(margin) \(target)")
            }
        }
    }

    @Test(arguments: LossKind.allCases)
    func `any margin has a finite loss that isn't negative`(loss: LossKind) {
        for margin in [-1e150, -1e4, -745, -1e-300, 0, 1e-300, 36, 745, 1e4, 1e150] {
            for target in [0.0, 1] {
                let value = loss.value(margin: margin, target: target)
                #expect(value.isFinite && (value >= 0 || loss == .poisson), "\(margin) \(target)")
                #expect(loss.gradient(margin: margin, target: target).isFinite)
            }
        }
    }

    @Test func `a sure and right logistic margin still has a loss`() {
        #expect(LogisticLoss.value(margin: 40, target: 1) > 4e-18)
        #expect(LogisticLoss.value(margin: -800, target: 1) == 800)
        #expect(LogisticLoss.probability(margin: -40) > 4e-18)
    }

    @Test func `a quantile's loss is least at the quantile`() {
        let labels = (0..<100).map(Double.init)
        func total(_ margin: Double) -> Double {
            let shape = LossShape(quantile: 0.9)
            return labels.reduce(0) { $0 + LossKind.quantile.value(margin: margin, target: $1, shape: shape) }
        }
        let best = stride(from: 0.5, through: 99.5, by: 1).min { total($0) < total($1) }
        #expect(best == 89.5)
    }

    @Test func `residuals within the tolerance cost nothing`() {
        let shape = LossShape(tolerance: 0.5)
        #expect(LossKind.epsilonInsensitive.value(margin: 2.4, target: 2, shape: shape) == 0)
        #expect(LossKind.epsilonInsensitive.gradient(margin: 2.4, target: 2, shape: shape) == 0)
        #expect(LossKind.epsilonInsensitive.value(margin: 1, target: 2, shape: shape) == 0.5)
        #expect(LossKind.epsilonInsensitive.gradient(margin: 1, target: 2, shape: shape) == -1)
    }

    @Test func `Huber's delta moves the corner`() {
        #expect(LossKind.huber.gradient(margin: 3, target: 0, shape: LossShape(huberDelta: 2)) == 2)
        #expect(LossKind.huber.gradient(margin: 1.5, target: 0, shape: LossShape(huberDelta: 2)) == 1.5)
    }
}
