import OnlineLearning
import Records
import Testing

@Suite struct FTRLModelTests {
    struct Setup: CustomTestStringConvertible {
        var target: Target
        var batch: Int
        var testDescription: String { "\(target == .regression ? "regression" : "binary") batch \(batch)" }

        func model(dense: Int = 4) -> FTRLModel {
            FTRLModel(
                FTRLConfiguration(
                    shape: InputShape(dense: dense, sparse: 256), target: target, l1: 1e-3, l2: 1e-3, batch: batch))
        }

        static let all = [twoClasses, Target.regression].flatMap { target in
            [1, 7].map { Setup(target: target, batch: $0) }
        }
    }

    @Test(arguments: Setup.all)
    func `it passes the checks of every learner`(setup: Setup) throws {
        try checkSparseLearner(setup.target) { setup.model() }
    }

    @Test func `it follows the reference record by record`() throws {
        for vector in try VectorCase.all(kinds: ["ftrl-proximal-logistic"]) {
            let rows = try vector.rows("x").map { $0.map(Float.init) }
            var model = FTRLModel(
                FTRLConfiguration(
                    shape: InputShape(dense: rows[0].count), target: twoClasses, stepSize: try vector.number("alpha"),
                    damping: try vector.number("beta"), l1: try vector.number("l1"), l2: try vector.number("l2"),
                    intercept: false))
            var scores: [Double] = []
            for (x, y) in zip(rows, try vector.numbers("y")) {
                let record = LearnerExample(dense: x, sparse: [], label: .classIndex(Int(y)))
                scores.append(model.answer(record, classes: 2).prediction.score)
                model.learn(record)
            }
            #expect(relativeError(scores, try vector.numbers("probabilities")) < 1e-5, "\(vector)")
            let weights = rows[0].indices.map { Double(model.weight($0)) }
            #expect(relativeError(weights, try vector.numbers("weights")) < 1e-5, "\(vector)")
            let state = try model.savedState.floats("model/rows").map(Double.init)
            let sums = stride(from: 0, to: state.count, by: 2).map { state[$0] }
            let squares = stride(from: 1, to: state.count, by: 2).map { state[$0] }
            #expect(relativeError(sums, try vector.numbers("z")) < 1e-5, "\(vector)")
            #expect(relativeError(squares, try vector.numbers("n")) < 1e-5, "\(vector)")
        }
    }

    @Test(arguments: [twoClasses, Target.regression])
    func `it learns a rule over dense values and categories`(target: Target) {
        var model = Setup(target: target, batch: 1).model()
        var metrics = PrequentialMetrics(target: target, window: 1000, fading: 1)
        for record in sparseExamples(4000, target: target, seed: 9) {
            metrics.add(model.answer(record, classes: target.classes.count).prediction, record.label)
            model.learn(record)
        }
        if target == .regression {
            #expect(metrics.windowed.r2 ?? 0 > 0.9)
        } else {
            #expect(metrics.windowed.accuracy ?? 0 > 0.9)
        }
    }

    @Test func `L1 leaves coordinates that say nothing at 0 and not the ones that do`() {
        var model = FTRLModel(
            FTRLConfiguration(shape: InputShape(dense: 0, sparse: 64), target: twoClasses, l1: 40))
        for record in 0..<2000 {
            // Index 0 and 1 decide; the others go round without telling anything.
            let positive = (record / 2) % 2 == 0
            let entries = [
                SparseValue(index: positive ? 1 : 0, value: 1),
                SparseValue(index: UInt32(2 + (record * 7 + record / 5) % 62), value: 1),
            ]
            model.learn(LearnerExample(dense: [], sparse: entries, label: .classIndex(positive ? 1 : 0)))
        }
        #expect(model.weight(0) < 0 && model.weight(1) > 0)
        #expect((2..<64).allSatisfy { model.weight($0) == 0 })
    }

    @Test func `a snapshot is as large as the coordinates that came`() throws {
        var model = FTRLModel(FTRLConfiguration(shape: InputShape(dense: 0, sparse: 1 << 18), target: twoClasses))
        for index in 0..<100 {
            let entry = SparseValue(index: UInt32(index * 2000), value: 1)
            model.learn(LearnerExample(dense: [], sparse: [entry], label: .classIndex(index % 2)))
        }
        #expect(try model.savedState.counters("model/coordinates").count == 101)
    }
}
