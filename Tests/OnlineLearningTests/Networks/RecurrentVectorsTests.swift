import JSONTree
import OnlineLearning
import Records
import Testing

/// Recurrent networks against PyTorch.
@Suite struct RecurrentVectorsTests {
    @Test func `recurrent cells follow the reference step by step`() throws {
        _ = oneThread
        let names = [
            "cell.weight_ih_l0", "cell.weight_hh_l0", "cell.bias_ih_l0", "cell.bias_hh_l0", "head.weight", "head.bias",
        ]
        for vector in try NetworkVector.all(["rnn", "gru", "lstm"]) {
            var model = RecurrentModel(try configuration(vector, try vector.optimizer))
            var probe = RecurrentModel(try configuration(vector, OptimizerConfiguration(kind: .sgd, stepSize: 1)))
            let initial = try vector.tensors(names, of: vector.json["initial"])
            try model.takeWeights(initial.flatMap { $0 })
            try probe.takeWeights(initial.flatMap { $0 })
            for (index, step) in vector.steps.enumerated() {
                let examples = try examples(step.json)
                let expected = flattened(try #require(step.json["output"]))
                var outputs: [Double] = []
                var loss = 0.0
                for example in examples {
                    outputs.append(model.answer(example, classes: 0).prediction.score)
                    loss += example.weight * model.learn(example).loss / Double(examples.count)
                }
                #expect(relativeError(outputs, expected) < 1e-4, "\(vector) step \(index)")
                #expect(abs(loss - step.loss) < 1e-4 * max(abs(step.loss), 1), "\(vector) step \(index)")
                guard index == 0 else { continue }
                for example in examples { probe.learn(example) }
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
    ) throws -> RecurrentConfiguration {
        let rows = try #require(vector.steps.first?.json["x"]?.arrayValue)
        let steps = try #require(rows[0].arrayValue)
        return RecurrentConfiguration(
            cell: try #require(RecurrentCell(rawValue: vector.network)),
            inputs: InputShape(dense: flattened(steps[0]).count, steps: steps.count), target: .regression,
            hidden: flattened(try #require(vector.json["initial"]?["head.weight"])).count, optimizer: optimizer,
            batch: rows.count, targetScaling: .none)
    }

    /// The house halves the squared residual, PyTorch doesn't: a record counts twice.
    private func examples(_ step: JSONValue) throws -> [LearnerExample] {
        let labels = flattened(try #require(step["y"]))
        return try zip(try #require(step["x"]?.arrayValue), labels).map { row, label in
            LearnerExample(
                dense: flattened(row).map(Float.init), steps: try #require(row.arrayValue).count,
                label: .value(label), weight: 2)
        }
    }
}
