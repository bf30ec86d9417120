internal import OnlineLearning
internal import Records

extension SettingsReader {
    mutating func network(_ kind: Declared.ModelKind, _ context: ModelContext) -> LearnerConfiguration? {
        switch kind {
        case .mlp:
            let layers = value(Declared.hiddenLayers, fallback: [64, 32])
            let activation = value(Declared.activation)
            guard let layers, let activation, let dropout = value(Declared.dropout) else { return nil }
            return feedForward(
                .perceptron(
                    inputs: context.shape, target: context.target, hidden: layers, activation: activation,
                    dropout: dropout), context)
        case .cnn:
            guard let channels = value(Declared.channels), context.shape.image != nil else { return nil }
            return feedForward(
                .convolutional(inputs: context.shape, target: context.target, channels: channels), context)
        case .rnn: return recurrent(.rnn, context)
        case .gru: return recurrent(.gru, context)
        case .lstm: return recurrent(.lstm, context)
        default: return autoencoder(context)
        }
    }

    private mutating func feedForward(
        _ network: NetworkConfiguration, _ context: ModelContext
    ) -> LearnerConfiguration? {
        var network = network
        network.optimizer = networkOptimizer(network.optimizer) ?? network.optimizer
        network.batch = context.batch
        network.targetScaling = context.targetScaling
        network.seed = context.seed
        do {
            try network.validate()
        } catch {
            contradict(
                Declared.modelKind.key, "\(error)", allowed: "layers that fit the inputs", advice: "correct them")
            return nil
        }
        return .network(network)
    }

    private mutating func recurrent(_ cell: RecurrentCell, _ context: ModelContext) -> LearnerConfiguration? {
        guard let hidden = value(Declared.hiddenUnits) else { return nil }
        let truncation = value(Declared.truncation)
        let optimizer = networkOptimizer(RecurrentConfiguration.defaultOptimizer)
        return .recurrent(
            RecurrentConfiguration(
                cell: cell, inputs: context.shape, target: context.target, hidden: hidden, truncation: truncation,
                optimizer: optimizer ?? RecurrentConfiguration.defaultOptimizer, batch: context.batch,
                targetScaling: context.targetScaling, seed: context.seed))
    }

    private mutating func autoencoder(_ context: ModelContext) -> LearnerConfiguration? {
        var network = AutoencoderConfiguration(inputs: context.shape, batch: context.batch, seed: context.seed)
        network.hidden = value(Declared.encoderLayers, fallback: network.hidden) ?? network.hidden
        network.latent = value(Declared.latent, fallback: network.latent) ?? network.latent
        network.optimizer = networkOptimizer(AutoencoderConfiguration.defaultOptimizer) ?? network.optimizer
        network.quantile = value(Declared.anomalyQuantile) ?? network.quantile
        return .autoencoder(network)
    }

    /// A network's optimizer has a step size.
    mutating func networkOptimizer(_ usual: OptimizerConfiguration) -> OptimizerConfiguration? {
        let word = value(Declared.optimizerKind, fallback: .adam) ?? .adam
        guard word != .adaptive else {
            contradict(
                Declared.optimizerKind.key, "`adaptive` is for linear models", allowed: "an optimizer with a step size",
                advice: "write `kind: adam`, or leave it out")
            return nil
        }
        return optimizer(word, usual: usual)
    }
}
