import JSONTree
import OnlineLearning
import Records
import TestSupport
import Testing

/// Perceptrons and convolutional networks against PyTorch.
@Suite struct LayerVectorsTests {
    @Test func `layers, losses and optimizers follow the reference step by step`() throws {
        _ = oneThread
        let names = Set(["mlp-binary", "mlp-multiclass", "mlp-squared", "mlp-huber", "cnn"])
        for vector in try NetworkVector.all(names) {
            let tensors = vector.layers.enumerated().flatMap { index, layer in
                layer.hasPrefix("linear") || layer.hasPrefix("conv2d") ? ["\(index).weight", "\(index).bias"] : []
            }
            let optimizer = try vector.optimizer
            var model = NetworkModel(try configuration(vector, optimizer))
            // One step of size 1 straight down the gradient tells the gradient.
            var probe = NetworkModel(try configuration(vector, OptimizerConfiguration(kind: .sgd, stepSize: 1)))
            let initial = try vector.tensors(tensors, of: vector.json["initial"])
            try model.takeWeights(initial.flatMap { $0 })
            try probe.takeWeights(initial.flatMap { $0 })
            for (index, step) in vector.steps.enumerated() {
                let examples = try examples(vector, step.json)
                let expected = flattened(try #require(step.json["output"]))
                var outputs: [Double] = []
                var loss = 0.0
                for example in examples {
                    outputs += model.outputs(example, count: expected.count / examples.count)
                    loss += example.weight * model.learn(example).loss / Double(examples.count)
                }
                #expect(relativeError(outputs, expected) < 1e-4, "\(vector) step \(index)")
                #expect(abs(loss - step.loss) < 1e-4 * max(abs(step.loss), 1), "\(vector) step \(index)")
                guard index == 0 else { continue }
                for example in examples { probe.learn(example) }
                let gradient = zip(initial.flatMap { $0 }, try probe.savedWeights).map { $0 - $1 }
                let reference = try vector.tensors(tensors, of: step.json["gradients"])
                #expect(tensorError(gradient, reference) < 1e-4, "\(vector)")
            }
            let final = try vector.tensors(tensors, of: vector.json["final"])
            let error = tensorError(try model.savedWeights, final)
            #expect(error < 1e-4, "\(vector)")
        }
    }

    private func configuration(
        _ vector: NetworkVector, _ optimizer: OptimizerConfiguration
    ) throws -> NetworkConfiguration {
        var layers = try vector.layers.map { text in
            let words = text.split(separator: " ")
            let numbers = words.compactMap { Int($0) }
            switch words[0] {
            case "linear": return NetworkLayer.dense(numbers[1])
            case "conv2d":
                let kernel = try #require(words[3].split(separator: "x").first.flatMap { Int($0) })
                return .convolution(channels: numbers[1], kernel: kernel, stride: numbers[2], padding: numbers[3])
            case "maxpool": return .maxPool(numbers[0])
            case "flatten": return .flatten
            default: return .activation(try #require(Activation(rawValue: String(words[0]))))
            }
        }
        let step = try #require(vector.steps.first?.json)
        let rows = try #require(step["x"]?.arrayValue)
        let count = flattened(rows[0]).count
        let classes = try #require(step["output"]?.arrayValue?.first?.arrayValue).count
        let target: Target =
            switch vector.network {
            case "mlp-binary": twoClasses
            case "mlp-squared", "mlp-huber": .regression
            default: .multiclass(classes: (0..<classes).map { .number(Double($0), spelling: "\($0)") })
            }
        #expect(layers.popLast() == .dense(classes))
        let image = vector.network == "cnn" ? ImageShape(channels: 1, height: 8, width: 8) : nil
        return NetworkConfiguration(
            inputs: InputShape(dense: count, image: image), target: target, layers: layers,
            loss: vector.network == "mlp-huber" ? .huber : nil, optimizer: optimizer, batch: rows.count,
            targetScaling: .none)
    }

    /// The house halves the squared residual, PyTorch doesn't: there a record counts twice.
    private func examples(_ vector: NetworkVector, _ step: JSONValue) throws -> [LearnerExample] {
        let labels = flattened(try #require(step["y"]))
        return zip(try #require(step["x"]?.arrayValue), labels).map { row, label in
            LearnerExample(
                dense: flattened(row).map(Float.init), label: .value(label),
                weight: vector.network == "mlp-squared" ? 2 : 1)
        }
    }
}

extension NetworkModel {
    func outputs(_ example: LearnerExample, count: Int) -> [Double] {
        var outputs = [Float](repeating: 0, count: count)
        outputs.withUnsafeMutableBufferPointer { buffer in example.withInput { self.outputs($0, into: buffer) } }
        return outputs.map(Double.init)
    }
}
