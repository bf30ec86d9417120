import OnlineLearning
import Records
import Testing

/// What networks reach on real streams with their defaults, prequentially.
@Suite struct NetworkQualityTests {
    private func classes(_ count: Int) -> Target {
        .multiclass(classes: (0..<count).map { .number(Double($0), spelling: "\($0)") })
    }

    private func digits() throws -> [SequenceRow] {
        let names = (0..<64).map { "p\($0)" } + ["digit"]
        return try columns(names, of: "digits.csv.gz").map { row in
            SequenceRow(x: row.dropLast().map { Float($0) ?? .nan }, classIndex: try #require(Int(row[64])))
        }
    }

    @Test func `a perceptron reads 95 of 100 digits`() throws {
        _ = oneThread
        var model = NetworkModel(
            .perceptron(inputs: InputShape(dense: 64), target: classes(10), hidden: [128, 64]))
        let found = prequentialAccuracy(
            &model, try digits(), width: 64, classes: 10, passes: 10, seed: 1)
        #expect(found >= 0.95)
    }

    @Test func `a convolutional network reads 96.5 of 100 digits`() throws {
        _ = oneThread
        let image = ImageShape(channels: 1, height: 8, width: 8)
        var model = NetworkModel(
            .convolutional(inputs: InputShape(dense: 64, image: image), target: classes(10)))
        let found = prequentialAccuracy(
            &model, try digits(), width: 64, classes: 10, passes: 10, seed: 1)
        #expect(found >= 0.965)
    }

    @Test(arguments: [(RecurrentCell.rnn, 0.84), (.gru, 0.94), (.lstm, 0.88)])
    func `recurrent networks tell speakers by their vowels`(cell: RecurrentCell, least: Double) throws {
        _ = oneThread
        var model = RecurrentModel(
            RecurrentConfiguration(cell: cell, inputs: InputShape(dense: 12, steps: 29), target: classes(9)))
        let found = prequentialAccuracy(
            &model, try sequences(of: "vowels.jsonl.gz"), width: 12, classes: 9, passes: 10, seed: 1)
        #expect(found >= least)
    }

    @Test func `the autoencoder tells unusual shuttle flights from usual ones`() throws {
        _ = oneThread
        let features = (1...9).map { "f\($0)" }
        var scaler = FeatureScaler(features: features.map { FeatureDeclaration(name: $0) })
        var model = VariationalAutoencoder(AutoencoderConfiguration(inputs: InputShape(dense: 9)))
        var scores: [(score: Double, isUnusual: Bool)] = []
        for row in try columns(features + ["anomaly"], of: "shuttle.csv.gz") {
            let x = row.dropLast().map { Float($0) ?? .nan }
            let example = LearnerExample(dense: scaler.transform(x), label: .absent)
            scores.append((model.answer(example, classes: 0).prediction.score, row[9].hasPrefix("1")))
            model.learn(example)
            scaler.update(x)
        }
        #expect(scores.count == 49_097)
        var (rank, sum, unusual) = (0.0, 0.0, 0.0)
        for entry in scores.sorted(by: { $0.score < $1.score }) {
            rank += 1
            if entry.isUnusual { (sum, unusual) = (sum + rank, unusual + 1) }
        }
        let area = (sum - unusual * (unusual + 1) / 2) / (unusual * (rank - unusual))
        #expect(area >= 0.985)
    }
}
