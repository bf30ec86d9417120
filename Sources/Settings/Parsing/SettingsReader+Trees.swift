internal import OnlineLearning
internal import Records

extension SettingsReader {
    mutating func trees(_ kind: Declared.ModelKind, _ context: ModelContext) -> LearnerConfiguration? {
        switch kind {
        case .halfSpaceTrees:
            let count = value(Declared.treeCount, fallback: 40)
            let (height, window) = (value(Declared.treeHeight), value(Declared.massWindow))
            guard let count, let height, let window, let quantile = value(Declared.anomalyQuantile) else { return nil }
            return .halfSpaceTrees(
                HalfSpaceTreesConfiguration(
                    inputCount: context.shape.dense, sparseCount: context.shape.sparse, trees: count, height: height,
                    window: window,
                    thresholdQuantile: quantile, seed: context.seed))
        case .randomForest:
            var forest = AdaptiveRandomForestConfiguration(
                inputCount: context.shape.dense, sparseCount: context.shape.sparse, target: context.target,
                seed: context.seed)
            forest.trees = value(Declared.treeCount, fallback: forest.trees) ?? forest.trees
            grow(&forest.tree)
            return .randomForest(forest)
        default:
            var tree = HoeffdingTreeConfiguration(
                inputCount: context.shape.dense, sparseCount: context.shape.sparse, target: context.target,
                seed: context.seed)
            grow(&tree)
            return .hoeffdingTree(tree)
        }
    }

    private mutating func grow(_ tree: inout HoeffdingTreeConfiguration) {
        if let grace = value(Declared.gracePeriod, fallback: Int(tree.gracePeriod)) { tree.gracePeriod = Double(grace) }
        if let confidence = value(Declared.splitConfidence, fallback: tree.splitConfidence) {
            tree.splitConfidence = confidence
        }
        if let tie = value(Declared.tieThreshold, fallback: tree.tieThreshold) { tree.tieThreshold = tie }
        if let leaf = value(Declared.leafPrediction) { tree.leafPrediction = leaf }
        if let depth = value(Declared.maximumDepth) { tree.maximumDepth = depth }
        if let megabytes = value(Declared.maximumMegabytes, fallback: tree.maximumBytes >> 20) {
            tree.maximumBytes = megabytes << 20
        }
    }
}
