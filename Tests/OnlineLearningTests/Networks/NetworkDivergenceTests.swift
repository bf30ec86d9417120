import OnlineLearning
import Records
import Testing

@Suite struct NetworkDivergenceTests {
    private func model(_ optimizer: OptimizerConfiguration, batch: Int = 1) -> NetworkModel {
        _ = oneThread
        return NetworkModel(
            NetworkConfiguration(
                inputs: InputShape(dense: 4), target: .regression, layers: [.dense(8), .activation(.relu)],
                optimizer: optimizer, batch: batch))
    }

    private var records: [LearnerExample] {
        examples(400, features: 4, target: .regression, seed: 31).map(LearnerExample.init)
    }

    @Test func `an update that makes the loss a thousand times larger is refused, and the steps halved`() throws {
        var model = model(OptimizerConfiguration(kind: .sgd, stepSize: 1000))
        var refused = 0
        for record in records {
            let before = try model.savedWeights
            guard model.learn(record).result == .refused else { continue }
            refused += 1
            let after = try model.savedWeights
            #expect(after == before)
        }
        let factor = try model.savedState.doubles("model/divergence")[0]
        #expect(refused > 0 && factor < 1)
        #expect(model.updatesRefused == UInt64(refused))
        let last = records.suffix(50).map { model.learn($0).loss }
        let answers = records.suffix(50).map { model.answer($0, classes: 0) }
        #expect(last.allSatisfy { $0.isFinite })
        #expect(answers.allSatisfy { $0.isFinite })
    }

    @Test(arguments: OptimizerKind.allCases)
    func `an update that isn't finite leaves every weight and state as it was`(kind: OptimizerKind) throws {
        for batch in [1, 2] {
            var model = model(OptimizerConfiguration(kind: kind, stepSize: 0.01), batch: batch)
            for record in records.prefix(20) { model.learn(record) }
            let before = model.savedState
            var heavy = records[20]
            heavy.weight = 1e300
            for _ in 1..<batch { #expect(model.learn(heavy).result == .pending) }
            #expect(model.learn(heavy).result == .refused)
            let after = model.savedState
            for name in before.names where name != "model/counters" && name != "model/target" {
                #expect(after[name] == before[name], "\(name)")
            }
            let answer = model.answer(records[21], classes: 0)
            #expect(answer.isFinite)
        }
    }

    @Test func `clipping bounds what one record can do`() throws {
        for (optimizer, bound) in [
            (OptimizerConfiguration(kind: .sgd, stepSize: 1, clip: 0.01), 0.01),
            (OptimizerConfiguration(kind: .sgd, stepSize: 1, clipValue: 0.001), 0.001 * Double(49).squareRoot()),
        ] {
            var model = model(optimizer)
            for record in records.prefix(10) {
                let before = try model.savedWeights
                model.learn(record)
                let change = zip(before, try model.savedWeights).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
                #expect(change.squareRoot() <= bound * 1.001)
            }
        }
    }
}
