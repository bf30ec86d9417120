extension Declared {
    /// How a margin that is too small is mended.
    enum MarginUpdate: String, CaseIterable, Sendable {
        case pegasos, pa
        case paOne = "pa-i"
        case paTwo = "pa-ii"
    }

    static let marginUpdate = Setting(
        "model.update", ValueForm<MarginUpdate>.choice(), default: .paOne, appliesTo: models(.svm),
        "`pegasos` takes shrinking steps; `pa` goes to the nearest weights that would have been right, `pa-i` and `pa-ii` no farther than `aggressiveness` says."
    )
    static let aggressiveness = Setting(
        "model.aggressiveness", .positive(example: 0.1), otherwise: "0.1; for a regression 0.01",
        appliesTo: .init(key: "model.update", words: [MarginUpdate.paOne.rawValue, MarginUpdate.paTwo.rawValue]),
        "The larger, the more one record may change: the paper's C.")
    static let kernelFeatures = Setting(
        "model.kernel.features", .whole(0...65_536, example: 0), default: 0, appliesTo: models(.svm),
        "Random Fourier features in place of the inputs: 0 for none. They make the model one with a Gaussian kernel.")
    static let kernelWidth = Setting(
        "model.kernel.gamma", .positive(example: 0.1), otherwise: "1 divided by the count of inputs",
        appliesTo: models(.svm), "The Gaussian kernel's gamma.")
    static let ftrlStepSize = Setting(
        "model.step-size", .positive(example: 0.5), default: 0.5, appliesTo: models(.ftrl),
        "How long a coordinate's first steps are: the paper's alpha.")
    static let ftrlDamping = Setting(
        "model.damping", .notNegative(example: 1), default: 1, appliesTo: models(.ftrl),
        "Added to the root of a coordinate's summed squared gradients: the paper's beta.")
    static let factors = Setting(
        "model.factors", .whole(1...256, example: 8), default: 8, appliesTo: models(.factorizationMachine),
        "Numbers by which each coordinate tells how it goes with others.")

    static let margins =
        [marginUpdate.declaration, aggressiveness.declaration, kernelFeatures.declaration, kernelWidth.declaration]
        + [ftrlStepSize.declaration, ftrlDamping.declaration, factors.declaration]
}
