import OnlineLearning
import Testing

@Suite struct LossTests {
    @Test(arguments: LossKind.allCases)
    func `the gradient is the slope of the loss`(loss: LossKind) {
        let targets: [Double] = loss.isForClasses ? [0, 1] : [-3.1, 0, 0.7]
        for target in targets {
            // No margin lies on a corner of the hinge or of Huber's loss.
            for margin in stride(from: -4.03, through: 4, by: 0.11) {
                let step = 1e-6
                let slope =
                    (loss.value(margin: margin + step, target: target)
                        - loss.value(margin: margin - step, target: target)) / (2 * step)
                #expect(abs(slope - loss.gradient(margin: margin, target: target)) < 1e-7, "\(margin) \(target)")
            }
        }
    }

    @Test(arguments: LossKind.allCases)
    func `any margin has a finite loss that isn't negative`(loss: LossKind) {
        for margin in [-1e150, -1e4, -745, -1e-300, 0, 1e-300, 36, 745, 1e4, 1e150] {
            for target in [0.0, 1] {
                let value = loss.value(margin: margin, target: target)
                #expect(value.isFinite && value >= 0, "\(margin) \(target)")
                #expect(loss.gradient(margin: margin, target: target).isFinite)
            }
        }
    }

    @Test func `a sure and right logistic margin still has a loss`() {
        #expect(LogisticLoss.value(margin: 40, target: 1) > 4e-18)
        #expect(LogisticLoss.value(margin: -800, target: 1) == 800)
        #expect(LogisticLoss.probability(margin: -40) > 4e-18)
    }

    @Test func `Huber's delta moves the corner`() {
        #expect(LossKind.huber.gradient(margin: 3, target: 0, huberDelta: 2) == 2)
        #expect(LossKind.huber.gradient(margin: 1.5, target: 0, huberDelta: 2) == 1.5)
    }
}
