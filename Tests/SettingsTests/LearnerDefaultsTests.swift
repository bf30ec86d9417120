import OnlineLearning
import Records
import Testing

import Settings

/// A settings file that names nothing but the kind of model makes the learner that its configuration makes by itself.
struct LearnerDefaultsTests {
    private static let image = InputShape(dense: 64, image: ImageShape(channels: 1, height: 8, width: 8))
    private static let sequence = InputShape(dense: 3, steps: 5)
    private static let three = Target.multiclass(classes: [.text("a"), .text("b"), .text("c")])
    private static let two = Target.binary(classes: [.text("a"), .text("b")])

    private func model(_ kind: String, _ target: Target, features: String? = nil) throws -> LearnerConfiguration {
        let declared =
            switch target {
            case .binary: "binary, classes: [a, b]"
            case .multiclass: "multiclass, classes: [a, b, c]"
            case .regression: "regression"
            case .unlabelled: "none"
            }
        return try PipelineSettings.parse(
            """
            pipeline: p
            kafka: {bootstrap.servers: "localhost:9092"}
            features: [\(features ?? "{name: x}, {name: y}")]
            target: {kind: \(declared)}
            model: {kind: \(kind)}

            """
        ).model
    }

    private static let pixels = "{name: p, kind: vector, length: 64, shape: [1, 8, 8]}"
    private static let steps = "{name: s, kind: sequence, length: 3, steps: 5}"
    private let dense = InputShape(dense: 2)

    @Test(arguments: [Self.two, Self.three, .regression])
    func `trees and forests`(target: Target) throws {
        #expect(
            try model("hoeffding-tree", target)
                == .hoeffdingTree(HoeffdingTreeConfiguration(inputCount: 2, target: target)))
        #expect(
            try model("random-forest", target)
                == .randomForest(AdaptiveRandomForestConfiguration(inputCount: 2, target: target)))
    }

    @Test(arguments: [Self.two, .regression])
    func `linear models`(target: Target) throws {
        let scaling: ScalingKind = target == .regression ? .standard : .none
        #expect(
            try model(target == .regression ? "linear" : "logistic", target)
                == .adaptiveLinear(
                    AdaptiveLinearConfiguration(featureCount: 2, target: target, targetScaling: scaling)))
        #expect(
            try model("ftrl", target)
                == .ftrl(FTRLConfiguration(shape: dense, target: target, targetScaling: scaling)))
        #expect(
            try model("factorization-machine", target)
                == .factorizationMachine(
                    FactorizationMachineConfiguration(shape: dense, target: target, targetScaling: scaling)))
        #expect(
            try model("svm", target)
                == .supportVector(
                    SupportVectorConfiguration(shape: dense, target: target, targetScaling: scaling)))
    }

    @Test func `softmax regression`() throws {
        #expect(
            try model("softmax", Self.three)
                == .adaptiveSoftmax(AdaptiveSoftmaxConfiguration(featureCount: 2, target: Self.three)))
    }

    @Test func `networks`() throws {
        var perceptron = NetworkConfiguration.perceptron(inputs: dense, target: Self.three)
        perceptron.targetScaling = .none
        #expect(try model("mlp", Self.three) == .network(perceptron))
        var convolutional = NetworkConfiguration.convolutional(inputs: Self.image, target: Self.three)
        convolutional.targetScaling = .none
        #expect(try model("cnn", Self.three, features: Self.pixels) == .network(convolutional))
        for cell in [RecurrentCell.rnn, .gru, .lstm] {
            #expect(
                try model(cell.rawValue, Self.three, features: Self.steps)
                    == .recurrent(
                        RecurrentConfiguration(
                            cell: cell, inputs: Self.sequence, target: Self.three, targetScaling: .none)))
        }
    }

    @Test func `what looks for the unusual`() throws {
        #expect(
            try model("half-space-trees", .unlabelled)
                == .halfSpaceTrees(HalfSpaceTreesConfiguration(inputCount: 2)))
        #expect(try model("vae", .unlabelled) == .autoencoder(AutoencoderConfiguration(inputs: dense)))
    }
}
