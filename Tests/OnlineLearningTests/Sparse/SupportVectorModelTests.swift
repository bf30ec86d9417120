import Foundation
import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct SupportVectorModelTests {
    struct Setup: CustomTestStringConvertible {
        var target: Target
        var method: SupportVectorMethod
        var loss: SupportVectorLoss?
        var fourier = false
        var batch = 1
        var testDescription: String {
            "\(target.classes.count) classes \(method) \(loss?.rawValue ?? "") \(fourier ? "fourier" : "") batch \(batch)"
        }

        func model() -> SupportVectorModel {
            SupportVectorModel(
                SupportVectorConfiguration(
                    shape: InputShape(dense: 4, sparse: 256), target: target, loss: loss, method: method,
                    fourierFeatures: fourier ? FourierFeaturesConfiguration(count: 100, gamma: 0.05) : nil,
                    batch: batch))
        }

        static let methods: [SupportVectorMethod] = [
            .pegasos(regularization: 1e-3), .pegasos(regularization: 1e-3, boundedSteps: false), .passiveAggressive,
            .passiveAggressiveI(aggressiveness: 0.1), .passiveAggressiveII(aggressiveness: 0.1),
        ]
        static let all =
            [twoClasses, threeClasses, .regression].flatMap { target in
                methods.map { Setup(target: target, method: $0) }
                    + [
                        Setup(target: target, method: methods[0], fourier: true),
                        Setup(target: target, method: methods[0], batch: 7),
                        Setup(target: target, method: methods[3], batch: 7),
                    ]
            } + [
                Setup(target: twoClasses, method: methods[0], loss: .squaredHinge),
                Setup(target: threeClasses, method: methods[0], loss: .squaredHinge),
            ]
    }

    @Test(arguments: Setup.all)
    func `it passes the checks of every learner`(setup: Setup) throws {
        try checkSparseLearner(setup.target) { setup.model() }
    }

    @Test(arguments: Setup.all.filter { $0.method != .pegasos(regularization: 1e-3, boundedSteps: false) })
    func `it learns a rule over dense values and categories`(setup: Setup) {
        var model = setup.model()
        var metrics = PrequentialMetrics(target: setup.target, window: 1000, fading: 1)
        for record in sparseExamples(6000, target: setup.target, seed: 9) {
            let answer = model.answer(record, classes: setup.target.classes.count)
            answer.probabilities.withUnsafeBufferPointer {
                metrics.add(answer.prediction, record.label, probabilities: $0)
            }
            model.learn(record)
        }
        switch setup.target {
        case .regression: #expect(metrics.windowed.r2 ?? 0 > 0.85)
        case .binary: #expect(metrics.windowed.accuracy ?? 0 > 0.88)
        default: #expect(metrics.windowed.accuracy ?? 0 > 0.7)
        }
    }

    @Test func `passive-aggressive steps follow the reference record by record`() throws {
        for vector in try VectorCase.all(kinds: ["PA", "PA-I", "PA-II"]) {
            let rows = try vector.rows("x").map { $0.map(Float.init) }
            let aggressiveness = try vector.number("c")
            let method: SupportVectorMethod =
                switch vector.text("kind") {
                case "PA": .passiveAggressive
                case "PA-I": .passiveAggressiveI(aggressiveness: aggressiveness)
                default: .passiveAggressiveII(aggressiveness: aggressiveness)
                }
            var model = SupportVectorModel(
                SupportVectorConfiguration(
                    shape: InputShape(dense: rows[0].count), target: twoClasses, method: method, intercept: false))
            var margins: [Double] = []
            for (x, y) in zip(rows, try vector.numbers("y")) {
                let record = LearnerExample(dense: x, label: .classIndex(Int(y)))
                margins.append(record.withInput { model.margin($0) })
                model.learn(record)
            }
            #expect(relativeError(margins, try vector.numbers("margins")) < 1e-5, "\(vector)")
            let weights = rows[0].indices.map { model.weight($0) }
            #expect(relativeError(weights, try vector.numbers("weights")) < 1e-5, "\(vector)")
        }
    }

    /// The paper's recursion in double precision, the weights shrunk for every record.
    @Test(arguments: [SupportVectorLoss.hinge, .squaredHinge])
    func `the Pegasos schedule follows the paper's recursion`(loss: SupportVectorLoss) {
        var model = SupportVectorModel(
            SupportVectorConfiguration(
                shape: InputShape(dense: 4), target: twoClasses, loss: loss,
                method: .pegasos(regularization: 0.5, boundedSteps: false), intercept: false))
        var weights = [Double](repeating: 0, count: 4)
        for (index, record) in sparseExamples(200, target: twoClasses, seed: 4).enumerated() {
            let dense = LearnerExample(dense: record.dense, label: record.label)
            let side = record.label == .classIndex(1) ? 1.0 : -1
            let margin = zip(weights, record.dense).reduce(0) { $0 + $1.0 * Double($1.1) }
            #expect(abs(dense.withInput { model.margin($0) } - margin) < 1e-4 * max(1, abs(margin)))
            let distance = max(0, 1 - side * margin)
            let slope = loss == .hinge ? (distance > 0 ? 1 : 0) : 2 * distance
            let step = 1 / (0.5 * Double(index + 1))
            for place in 0..<4 {
                weights[place] = (1 - 1 / Double(index + 1)) * weights[place]
                weights[place] += step * slope * side * Double(record.dense[place])
            }
            model.learn(dense)
        }
    }

    @Test func `Fourier features learn a ring, which no line divides`() {
        var generator = SplitMix64(seed: 8)
        let records = (0..<4000).map { _ in
            let x = [Float.random(in: -2...2, using: &generator), Float.random(in: -2...2, using: &generator)]
            return LearnerExample(dense: x, label: .classIndex(x[0] * x[0] + x[1] * x[1] < 2 ? 1 : 0))
        }
        func rightOfLastThousand(_ fourier: FourierFeaturesConfiguration?) -> Int {
            var model = SupportVectorModel(
                SupportVectorConfiguration(
                    shape: InputShape(dense: 2), target: twoClasses, method: .passiveAggressiveI(aggressiveness: 1),
                    fourierFeatures: fourier))
            var right = 0
            for (index, record) in records.enumerated() {
                let found = model.answer(record, classes: 2).prediction.classIndex
                if index >= 3000 && record.label == .classIndex(found) { right += 1 }
                model.learn(record)
            }
            return right
        }
        #expect(rightOfLastThousand(FourierFeaturesConfiguration(count: 200, gamma: 0.5)) > 930)
        #expect(rightOfLastThousand(nil) < 700)
    }

    @Test func `a binary score is a probability that is right on the whole`() {
        var model = Setup(target: twoClasses, method: .passiveAggressiveI(aggressiveness: 0.1)).model()
        var generator = SplitMix64(seed: 11)
        var loss = 0.0
        var sums = (score: 0.0, positive: 0.0)
        for (index, record) in sparseExamples(8000, target: twoClasses, seed: 12).enumerated() {
            var noisy = record
            // One label in five is turned round, so no probability beyond 0.8 can be right.
            if Double.random(in: 0..<1, using: &generator) < 0.2 {
                noisy.label = record.label == .classIndex(1) ? .classIndex(0) : .classIndex(1)
            }
            let score = model.answer(noisy, classes: 2).prediction.score
            if index >= 4000 {
                let positive = noisy.label == .classIndex(1)
                loss -= Foundation.log(positive ? score : 1 - score)
                sums.score += score
                sums.positive += positive ? 1 : 0
            }
            model.learn(noisy)
        }
        #expect(loss / 4000 < 0.62)
        #expect(abs(sums.score - sums.positive) / 4000 < 0.03)
    }

    @Test func `an update that makes the loss run away is refused, and steps become shorter`() {
        var model = SupportVectorModel(
            SupportVectorConfiguration(
                shape: InputShape(dense: 4, sparse: 256), target: .regression,
                method: .pegasos(regularization: 1e-6, boundedSteps: false)))
        var results: [LearningOutcome.Result] = []
        for example in sparseExamples(500, target: .regression, seed: 23) {
            results.append(model.learn(example).result)
        }
        #expect(results.contains(.refused))
        #expect(results.contains(.updated))
        let refused = model.updatesRefused
        #expect(refused == UInt64(results.count { $0 == .refused }))
    }

    @Test func `probabilities of several classes add up, and the largest is the predicted one's`() {
        var model = Setup(target: threeClasses, method: .passiveAggressiveI(aggressiveness: 0.1)).model()
        for example in sparseExamples(500, target: threeClasses, seed: 24) {
            let answer = model.answer(example, classes: 3)
            #expect(abs(answer.probabilities.reduce(0, +) - 1) < 1e-5)
            let largest = answer.probabilities.max() ?? 0
            #expect(abs(Double(largest) - answer.prediction.score) < 1e-5 || model.recordsLearned < 50)
            model.learn(example)
        }
    }
}
