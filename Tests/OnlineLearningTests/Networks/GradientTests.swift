import OnlineLearning
import Records
import TestSupport
import Testing

/// Gradients against differences of the loss, for every layer, cell and loss, at random shapes.
@Suite struct GradientTests {
    static let descent = OptimizerConfiguration(kind: .sgd, stepSize: 0.1)
    static let layers: [String] = [
        "relu", "leaky-relu", "tanh", "sigmoid", "gelu", "convolution", "strided", "max-pool", "average-pool",
        "dropout",
        "flatten",
    ]

    @Test(arguments: layers, [UInt64(1), 2, 3])
    func `a layer's gradient is the slope of the loss`(layer: String, seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        func size(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        let image = ImageShape(channels: size(1...2), height: size(4...6), width: size(4...6))
        let convolution = NetworkLayer.convolution(channels: size(1...3), kernel: size(1...3), padding: size(0...1))
        let strided = NetworkLayer.convolution(channels: 2, kernel: size(1...3), stride: 2, padding: size(0...2))
        let tested: [NetworkLayer] =
            switch layer {
            case "convolution": [convolution, .activation(.tanh), convolution]
            case "strided": [convolution, .activation(.tanh), strided]
            case "max-pool": [convolution, .maxPool(2), .activation(.tanh)]
            case "average-pool": [convolution, .averagePool(2)]
            case "dropout": [.dense(size(2...9)), .dropout(0.3), .activation(.tanh)]
            case "flatten": [convolution, .flatten, .dense(size(2...9)), .activation(.tanh)]
            default: [.dense(size(2...9)), .activation(try #require(Activation(rawValue: layer))), .dense(size(2...9))]
            }
        let classes = size(2...4)
        let batch = size(1...4)
        let configuration = NetworkConfiguration(
            inputs: InputShape(dense: image.count, image: image), target: target(classes: classes), layers: tested,
            optimizer: Self.descent, batch: batch, seed: seed)
        let data = records(batch, width: image.count, classes: classes, &generator)
        let error = try gradientError({ NetworkModel(configuration) }, data, &generator)
        #expect(error < 0.02, "\(layer), seed \(seed)")
    }

    @Test(arguments: NetworkLoss.allCases, [UInt64(4), 5, 6])
    func `a loss's gradient is the slope of the loss`(loss: NetworkLoss, seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let classes = loss == .logistic ? 2 : loss == .crossEntropy ? 5 : 0
        let target = loss == .logistic ? twoClasses : target(classes: classes)
        let width = Int.random(in: 1...12, using: &generator)
        let configuration = NetworkConfiguration(
            inputs: InputShape(dense: width), target: target, layers: [.dense(4), .activation(.sigmoid)], loss: loss,
            optimizer: Self.descent, batch: 3, targetScaling: .none, huberDelta: 0.7, seed: seed)
        let data = records(3, width: width, classes: classes, &generator)
        let error = try gradientError({ NetworkModel(configuration) }, data, &generator)
        #expect(error < 0.02, "\(loss), seed \(seed)")
    }

    @Test(arguments: RecurrentCell.allCases, [UInt64(7), 8, 9])
    func `a cell's gradient is the slope of the loss`(cell: RecurrentCell, seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        func size(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        let (width, batch) = (size(1...4), size(1...4))
        let configuration = RecurrentConfiguration(
            cell: cell, inputs: InputShape(dense: width, steps: 6), target: target(classes: 3), hidden: size(1...9),
            optimizer: Self.descent, batch: batch, seed: seed)
        let data = (0..<batch).map { _ in
            let steps = size(1...6)
            var example = records(1, width: width * steps, classes: 3, &generator)[0]
            example.steps = steps
            return example
        }
        let error = try gradientError({ RecurrentModel(configuration) }, data, &generator)
        #expect(error < 0.02, "\(cell), seed \(seed)")
    }

    @Test(arguments: [UInt64(10), 11, 12])
    func `the autoencoder's gradient is the slope of the loss`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        func size(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        let (width, batch) = (size(2...7), size(1...4))
        let configuration = AutoencoderConfiguration(
            inputs: InputShape(dense: width), hidden: [size(2...6), size(2...6)], latent: size(1...3),
            activation: .tanh, optimizer: Self.descent, batch: batch, seed: seed)
        let data = records(batch, width: width, classes: 0, &generator)
        let error = try gradientError({ VariationalAutoencoder(configuration) }, data, &generator)
        #expect(error < 0.02, "seed \(seed)")
    }

    /// The largest difference between the gradient that one update tells and the slope of the batch's mean loss, over twenty
    /// weights, relative to the largest of both.
    private func gradientError<Learner: OnlineLearner & ~Copyable>(
        _ make: () -> Learner, _ data: [LearnerExample], _ generator: inout SplitMix64
    ) throws -> Double {
        _ = oneThread
        var learner = make()
        let weights = try learner.savedWeights
        for example in data { learner.learn(example) }
        let gradient = zip(weights, try learner.savedWeights).map { ($0 - $1) / Self.descent.stepSize }
        func loss(moving index: Int, by distance: Double) throws -> Double {
            var moved = make()
            var changed = weights
            changed[index] += distance
            try moved.takeWeights(changed)
            return data.reduce(0) { sum, example in sum + example.weight * moved.learn(example).loss }
                / Double(data.count)
        }
        let distance = 0x1p-7
        let places = (0..<20).map { _ in Int.random(in: weights.indices, using: &generator) }
        let slopes = try places.map {
            try (loss(moving: $0, by: distance) - loss(moving: $0, by: -distance)) / (2 * distance)
        }
        let largest = gradient.map(abs).max() ?? 0
        return relativeError(places.map { gradient[$0] } + [largest], slopes + [largest])
    }

    private func target(classes: Int) -> Target {
        classes == 0
            ? .regression : .multiclass(classes: (0..<classes).map { .number(Double($0), spelling: "\($0)") })
    }

    private func records(
        _ count: Int, width: Int, classes: Int, _ generator: inout SplitMix64
    ) -> [LearnerExample] {
        (0..<count).map { _ in
            LearnerExample(
                dense: (0..<width).map { _ in Float.random(in: -2...2, using: &generator) },
                label: classes == 0
                    ? .value(Double.random(in: -2...2, using: &generator))
                    : .classIndex(Int.random(in: 0..<classes, using: &generator)),
                weight: Double.random(in: 0.5...2, using: &generator))
        }
    }
}
