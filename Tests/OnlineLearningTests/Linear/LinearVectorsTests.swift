import OnlineLearning
import Records
import Testing

@Suite struct LinearVectorsTests {
    @Test func `stochastic gradient descent follows the reference record by record`() throws {
        let losses = Set(LossKind.allCases.map(\.rawValue))
        let cases = try VectorCase.all(kinds: ["linear-sgd"]).filter { losses.contains($0.text("loss")) }
        #expect(Set(cases.map { $0.text("loss") }) == losses)
        for vector in cases {
            let loss = try #require(LossKind(rawValue: vector.text("loss")))
            let rows = try vector.rows("x").map { $0.map(Float.init) }
            var model = LinearModel(
                LinearModelConfiguration(
                    featureCount: rows[0].count, target: loss.isForClasses ? twoClasses : .regression, loss: loss,
                    optimizer: OptimizerConfiguration(
                        stepSize: try vector.number("step_size"), normalizedSteps: false, l2: try vector.number("l2")),
                    targetScaling: .none, quantile: 0.9))
            var margins: [Double] = []
            var found: [Double] = []
            for (x, y) in zip(rows, try vector.numbers("y")) {
                margins.append(x.withUnsafeBufferPointer { model.margin($0) })
                let label: Label = loss.isForClasses ? .classIndex(Int(y)) : .value(y)
                found.append(model.learn(Example(x: x, label: label)).loss)
            }
            #expect(relativeError(margins, try vector.numbers("margins")) < 1e-5, "\(vector)")
            #expect(relativeError(found, try vector.numbers("losses")) < 1e-5, "\(vector)")
            #expect(relativeError(model.weights.map(Double.init), try vector.numbers("weights")) < 1e-5, "\(vector)")
            #expect(relativeError([Double(model.intercept)], [try vector.number("intercept")]) < 1e-5, "\(vector)")
        }
    }
}
