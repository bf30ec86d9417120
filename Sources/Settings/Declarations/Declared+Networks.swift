internal import OnlineLearning

extension Declared {
    static let hiddenLayers = Setting(
        "model.layers", .wholes(1...8_192, most: 16, example: [128, 64]), default: [64, 32], appliesTo: models(.mlp),
        "Widths of the hidden layers, from the inputs on.")
    static let activation = Setting(
        "model.activation", ValueForm<Activation>.choice(), default: .relu, appliesTo: models(.mlp),
        "What bends the hidden layers' outputs.")
    static let dropout = Setting(
        "model.dropout", .halfOpen01(example: 0.1), default: 0, appliesTo: models(.mlp),
        "The share of a hidden layer's outputs that is left out at each update, drawn from `seed`.")
    static let channels = Setting(
        "model.channels", .wholes(1...1_024, most: 8, example: [8, 16]), default: [8, 16], appliesTo: models(.cnn),
        "Channels of the convolutions (3 × 3, rectified, each followed by a pool of 2 × 2).")
    static let hiddenUnits = Setting(
        "model.hidden", .whole(1...2_048, example: 32), default: 32, appliesTo: models(.rnn, .gru, .lstm),
        "Numbers that the network carries from step to step.")
    static let truncation = Setting(
        "model.truncate", .whole(1...100_000, unit: "steps", example: 64), otherwise: "the whole sequence",
        appliesTo: models(.rnn, .gru, .lstm), "How many steps back an update looks from the last one.")
    static let encoderLayers = Setting(
        "model.encoder", .wholes(1...8_192, most: 16, example: [16]), default: [16],
        appliesTo: models(.vae),
        "Widths of the layers between inputs and latent variables; the decoder has them in turn.")
    static let latent = Setting(
        "model.latent", .whole(1...1_024, example: 4), default: 4, appliesTo: models(.vae),
        "How many latent variables a record is described by.")
    static let anomalyQuantile = Setting(
        "model.threshold-quantile", .open01(example: 0.99), default: 0.99, appliesTo: models(.vae, .halfSpaceTrees),
        "The share of records whose scores lie below the threshold that is published.")

    static let networks =
        [hiddenLayers.declaration, activation.declaration, dropout.declaration, channels.declaration]
        + [hiddenUnits.declaration, truncation.declaration, encoderLayers.declaration, latent.declaration]
        + [anomalyQuantile.declaration]
}
