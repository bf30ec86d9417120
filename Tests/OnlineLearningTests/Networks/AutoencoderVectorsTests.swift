import JSONTree
import OnlineLearning
import Records
import Testing

/// The variational autoencoder against PyTorch.
@Suite struct AutoencoderVectorsTests {
    @Test func `the autoencoder follows the reference step by step`() throws {
        _ = oneThread
        let names = [
            "encoder.weight", "encoder.bias", "mean.weight", "logvar.weight", "mean.bias", "logvar.bias",
            "decoder.weight", "decoder.bias", "output.weight", "output.bias",
        ]
        for vector in try NetworkVector.all(["vae"]) {
            var model = VariationalAutoencoder(try configuration(vector, try vector.optimizer))
            var probe = VariationalAutoencoder(
                try configuration(vector, OptimizerConfiguration(kind: .sgd, stepSize: 1)))
            let initial = try vector.tensors(names, of: vector.json["initial"])
            try model.takeWeights(initial.flatMap { $0 })
            try probe.takeWeights(initial.flatMap { $0 })
            for (index, step) in vector.steps.enumerated() {
                let inputs = try rows(step.json, "x")
                let noise = try rows(step.json, "eps")
                let reconstructions = flattened(try #require(step.json["reconstruction"]))
                let sums = zip(reconstructions, flattened(try #require(step.json["kl"]))).map { $0 + $1 }
                var losses: [Double] = []
                for (x, drawn) in zip(inputs, noise) {
                    losses.append(model.learn(x, drawn).loss)
                    if index == 0 { _ = probe.learn(x, drawn) }
                }
                #expect(relativeError(losses, sums) < 1e-4, "\(vector) step \(index)")
                let mean = losses.reduce(0, +) / Double(losses.count)
                #expect(abs(mean - step.loss) < 1e-4 * max(abs(step.loss), 1), "\(vector) step \(index)")
                guard index == 0 else { continue }
                let gradient = zip(initial.flatMap { $0 }, try probe.savedWeights).map { $0 - $1 }
                let reference = try vector.tensors(names, of: step.json["gradients"])
                #expect(tensorError(gradient, reference) < 1e-4, "\(vector)")
            }
            let final = try vector.tensors(names, of: vector.json["final"])
            let error = tensorError(try model.savedWeights, final)
            #expect(error < 1e-4, "\(vector)")
        }
    }

    private func configuration(
        _ vector: NetworkVector, _ optimizer: OptimizerConfiguration
    ) throws -> AutoencoderConfiguration {
        let x = try rows(try #require(vector.steps.first?.json), "x")
        let hidden = flattened(try #require(vector.json["initial"]?["encoder.bias"])).count
        let latent = flattened(try #require(vector.json["initial"]?["mean.bias"])).count
        return AutoencoderConfiguration(
            inputs: InputShape(dense: x[0].count), hidden: [hidden], latent: latent, optimizer: optimizer,
            batch: x.count)
    }

    private func rows(_ step: JSONValue, _ key: String) throws -> [[Float]] {
        try #require(step[key]?.arrayValue).map { flattened($0).map(Float.init) }
    }
}

extension VariationalAutoencoder {
    mutating func learn(_ x: [Float], _ noise: [Float]) -> LearningOutcome {
        x.withUnsafeBufferPointer { x in
            noise.withUnsafeBufferPointer { learn(InputVector(dense: x), noise: $0, weight: 1) }
        }
    }
}
