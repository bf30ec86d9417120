internal import OnlineLearning

extension Declared {
    static let treeCount = Setting(
        "model.trees", .whole(1...1_000, example: 10), otherwise: "10; for `half-space-trees` 40",
        appliesTo: models(.randomForest, .halfSpaceTrees), "How many trees there are.")
    static let treeHeight = Setting(
        "model.height", .whole(1...16, example: 9), default: 9, appliesTo: models(.halfSpaceTrees),
        "Questions from a tree's root to a leaf.")
    static let massWindow = Setting(
        "model.window", .records(1...1_000_000, example: 24), default: 24, appliesTo: models(.halfSpaceTrees),
        "Records between two looks at what is usual.")
    static let gracePeriod = Setting(
        "model.grace-period", .records(1...1_000_000, example: 200), otherwise: "200; for `random-forest` 50",
        appliesTo: models(.hoeffdingTree, .randomForest), "Records that a leaf takes in between two looks for a split.")
    static let splitConfidence = Setting(
        "model.split-confidence", .open01(example: 1e-7), otherwise: "1e-7; for `random-forest` 0.01",
        appliesTo: models(.hoeffdingTree, .randomForest), "The chance that a split isn't the best one.")
    static let tieThreshold = Setting(
        "model.tie-threshold", .notNegative(example: 0.05),
        otherwise: "0.05; for `random-forest` 0.04, of a regression 0.03",
        appliesTo: models(.hoeffdingTree, .randomForest),
        "Below this difference, as a share of the largest one possible, two questions are held equally good.")
    static let leafPrediction = Setting(
        "model.leaf", ValueForm<HoeffdingTreeConfiguration.LeafPrediction>.choice(), default: .adaptive,
        appliesTo: models(.hoeffdingTree, .randomForest),
        "What a leaf says: `majority` the shares of classes or the mean, `model` naive Bayes or a linear model, `adaptive` the better of both."
    )
    static let maximumDepth = Setting(
        "model.depth", .whole(0...1_000, example: 40), default: 40, appliesTo: models(.hoeffdingTree, .randomForest),
        "Questions from the root to a leaf, at most.")
    static let maximumMegabytes = Setting(
        "model.megabytes", .whole(1...65_536, unit: "MB", example: 16), otherwise: "16; for `random-forest` 4 a tree",
        appliesTo: models(.hoeffdingTree, .randomForest),
        "Memory for the leaves' statistics: where it is full, the leaves with the least to win are no longer split.")

    static let trees =
        [treeCount.declaration, treeHeight.declaration, massWindow.declaration, gracePeriod.declaration]
        + [splitConfidence.declaration, tieThreshold.declaration, leafPrediction.declaration]
        + [maximumDepth.declaration, maximumMegabytes.declaration]
}
