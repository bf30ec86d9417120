import OnlineLearning
import Records
import Testing

/// The checks of every learner, for perceptrons and convolutional networks of every target, with and without batches.
@Suite struct NetworkChecksTests {
    struct Setup: CustomTestStringConvertible {
        var name: String
        var classes: Int
        var batch: Int
        var layers: [NetworkLayer]
        var image: ImageShape?
        var optimizer = NetworkConfiguration.defaultOptimizer

        var testDescription: String { "\(name), \(classes) classes, batch \(batch), \(optimizer.kind)" }
        var features: Int { image?.count ?? 11 }

        var target: Target {
            switch classes {
            case 0: .regression
            case 2: twoClasses
            default: .multiclass(classes: (0..<classes).map { .number(Double($0), spelling: "\($0)") })
            }
        }

        func make() -> NetworkModel {
            _ = oneThread
            return NetworkModel(
                NetworkConfiguration(
                    inputs: InputShape(dense: features, image: image), target: target, layers: layers,
                    optimizer: optimizer, batch: batch))
        }

        func data(_ count: Int, seed: UInt64) -> [LearnerExample] {
            let regression = examples(count, features: features, target: .regression, seed: seed)
            return regression.map { example in
                var converted = LearnerExample(example)
                let value = ((example.label.target ?? 0) - 100) / 10
                if classes == 2 { converted.label = .classIndex(value > 0 ? 1 : 0) }
                if classes > 2 { converted.label = .classIndex(min(max(Int(value) + 1, 0), classes - 1)) }
                return converted
            }
        }

        static let all: [Setup] = {
            let perceptron: [NetworkLayer] = [.dense(16), .activation(.relu), .dense(8), .activation(.gelu)]
            let dropping: [NetworkLayer] = [.dense(16), .activation(.tanh), .dropout(0.2)]
            let image = ImageShape(channels: 2, height: 6, width: 5)
            let convolutional: [NetworkLayer] = [
                .convolution(channels: 3, kernel: 3, padding: 1), .activation(.leakyRelu), .maxPool(2),
                .convolution(channels: 4, kernel: 2, stride: 1), .activation(.sigmoid), .averagePool(1),
            ]
            var setups: [Setup] = []
            for classes in [0, 2, 3] {
                for batch in [1, 7] {
                    setups.append(Setup(name: "mlp", classes: classes, batch: batch, layers: perceptron))
                    setups.append(Setup(name: "dropout", classes: classes, batch: batch, layers: dropping))
                    setups.append(
                        Setup(name: "cnn", classes: classes, batch: batch, layers: convolutional, image: image))
                }
            }
            for kind in OptimizerKind.allCases {
                let optimizer = OptimizerConfiguration(
                    kind: kind, stepSize: 0.01, schedule: .inverseScaling(power: 0.5), l1: 1e-5, l2: 1e-4, clip: 1)
                setups.append(
                    Setup(name: "mlp", classes: 3, batch: 3, layers: perceptron, optimizer: optimizer))
            }
            return setups
        }()
    }

    @Test(arguments: Setup.all)
    func `predicting changes nothing`(setup: Setup) {
        checkPredictingChangesNothing(setup.make, setup.data(60, seed: 1), classes: setup.classes)
    }

    @Test(arguments: Setup.all)
    func `having been asked makes no difference to what is learned`(setup: Setup) {
        checkPredictingBeforeLearningMakesNoDifference(setup.make, setup.data(60, seed: 2), classes: setup.classes)
    }

    @Test(arguments: Setup.all)
    func `the state comes back byte for byte and learns on the same`(setup: Setup) throws {
        try checkStateComesBack(setup.make, setup.data(120, seed: 3), classes: setup.classes)
    }

    @Test(arguments: Setup.all)
    func `equal records give equal bits`(setup: Setup) {
        checkEqualRecordsGiveEqualBits(setup.make, setup.data(60, seed: 4))
    }

    @Test(arguments: Setup.all)
    func `batches are cut by what was learned`(setup: Setup) {
        checkBatchesAreCutByWhatWasLearned(setup.make, setup.data(40, seed: 5))
    }

    @Test(arguments: Setup.all)
    func `hostile values leave it finite and still learning`(setup: Setup) {
        checkHostileValuesLeaveItFiniteAndLearning(setup.make, setup.data(120, seed: 6), classes: setup.classes)
    }

    @Test(arguments: Setup.all)
    func `memory stays bounded`(setup: Setup) {
        checkMemoryIsBounded(setup.make, setup.data(7 * 9, seed: 7), passes: 3)
    }

    @Test(arguments: Setup.all)
    func `a record allocates nothing`(setup: Setup) {
        checkNothingIsAllocated(setup.make, setup.data(100, seed: 8), classes: setup.classes, warming: 8)
    }

    @Test(arguments: Setup.all)
    func `a forged state is refused or borne`(setup: Setup) throws {
        try checkForgedStatesAreRefusedOrBorne(setup.make, setup.data(31, seed: 9), classes: setup.classes)
    }
}
