internal import OnlineLearning
internal import Records

/// One row of `millrace bench learners`: a learner, and what its inputs look like.
struct LearnerCase {
    let name: String
    /// Values of a record, or of each step, coordinates or pixels.
    let shape: String
    let batch: Int
    let configuration: LearnerConfiguration
    let target: Target
    let dense: Int
    var steps = 1
    /// Coordinates that are present; 0 for a dense case.
    var present = 0
    var coordinates = 0

    private static let two = Target.binary(classes: [.text("DOWN"), .text("UP")])
    private static let ten = Target.multiclass(classes: (0..<10).map { .number(Double($0), spelling: String($0)) })

    static let all: [LearnerCase] =
        linear + sparse + networks(batch: 1) + networks(batch: 32) + trees

    private static let linear = [6, 28, 128, 1_024].flatMap { width in
        [
            LearnerCase(
                name: "logistic, adaptive", shape: "\(width)", batch: 1,
                configuration: .adaptiveLinear(AdaptiveLinearConfiguration(featureCount: width, target: two)),
                target: two, dense: width),
            LearnerCase(
                name: "logistic, sgd", shape: "\(width)", batch: 1,
                configuration: .linear(LinearModelConfiguration(featureCount: width, target: two)), target: two,
                dense: width),
        ]
    }

    private static let sparse: [LearnerCase] = {
        let shape = InputShape(dense: 0, sparse: 1 << 18)
        let learners: [(String, LearnerConfiguration)] = [
            ("sparse logistic, adaptive", .sparseLinear(SparseLinearConfiguration(shape: shape, target: two))),
            (
                "sparse logistic, sgd",
                .sparseLinear(SparseLinearConfiguration(shape: shape, target: two, stepSize: 0.05))
            ),
            ("ftrl", .ftrl(FTRLConfiguration(shape: shape, target: two))),
            (
                "factorization machine",
                .factorizationMachine(FactorizationMachineConfiguration(shape: shape, target: two))
            ),
        ]
        return learners.map {
            LearnerCase(
                name: $0.0, shape: "10 of 2^18", batch: 1, configuration: $0.1, target: two, dense: 0, present: 10,
                coordinates: 1 << 18)
        }
    }()

    private static func networks(batch: Int) -> [LearnerCase] {
        var mlp = NetworkConfiguration.perceptron(inputs: InputShape(dense: 64), target: ten, hidden: [128, 64])
        mlp.batch = batch
        func convolutional(_ side: Int) -> NetworkConfiguration {
            let image = ImageShape(channels: 1, height: side, width: side)
            // The peer's layers, whatever this project's defaults are for an image of this size.
            var network = NetworkConfiguration(
                inputs: InputShape(dense: side * side, image: image), target: ten,
                layers: [8, 16].flatMap { channels -> [NetworkLayer] in
                    [.convolution(channels: channels, kernel: 3, padding: 1), .activation(.relu), .maxPool(2)]
                }, optimizer: OptimizerConfiguration(kind: .adam, stepSize: 0.0025))
            network.batch = batch
            return network
        }
        let gru = RecurrentConfiguration(
            cell: .gru, inputs: InputShape(dense: 16, steps: 16), target: ten, hidden: 32, batch: batch)
        let vae = AutoencoderConfiguration(inputs: InputShape(dense: 32), hidden: [16], latent: 4, batch: batch)
        return [
            LearnerCase(
                name: "mlp 128, 64", shape: "64", batch: batch, configuration: .network(mlp), target: ten, dense: 64),
            LearnerCase(
                name: "cnn 8, 16", shape: "8 × 8", batch: batch, configuration: .network(convolutional(8)), target: ten,
                dense: 64),
            LearnerCase(
                name: "cnn 8, 16", shape: "28 × 28", batch: batch, configuration: .network(convolutional(28)),
                target: ten, dense: 784),
            LearnerCase(
                name: "gru 32", shape: "16 × 16", batch: batch, configuration: .recurrent(gru), target: ten, dense: 16,
                steps: 16),
            LearnerCase(
                name: "vae 16, 4", shape: "32", batch: batch, configuration: .autoencoder(vae), target: .unlabelled,
                dense: 32),
        ]
    }

    private static let trees: [LearnerCase] = [
        LearnerCase(
            name: "hoeffding tree", shape: "6", batch: 1,
            configuration: .hoeffdingTree(HoeffdingTreeConfiguration(inputCount: 6, target: two)), target: two, dense: 6
        ),
        LearnerCase(
            name: "random forest of 10", shape: "6", batch: 1,
            configuration: .randomForest(AdaptiveRandomForestConfiguration(inputCount: 6, target: two)), target: two,
            dense: 6),
        LearnerCase(
            name: "half-space trees, 10", shape: "9", batch: 1,
            configuration: .halfSpaceTrees(
                HalfSpaceTreesConfiguration(inputCount: 9, trees: 10, height: 8, window: 250)),
            target: .unlabelled, dense: 9),
        LearnerCase(
            name: "half-space trees, 40", shape: "9", batch: 1,
            configuration: .halfSpaceTrees(HalfSpaceTreesConfiguration(inputCount: 9)), target: .unlabelled, dense: 9),
    ]
}
