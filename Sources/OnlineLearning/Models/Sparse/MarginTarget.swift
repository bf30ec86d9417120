internal import Records

/// What a margin (the weighted sum) stands for: the log odds of the positive class, or the scaled value of a regression.
struct MarginTarget {
    let isBinary: Bool
    /// Regression only: the target is learned in this scaling, and predictions are scaled back.
    let scaling: ScalingKind
    private(set) var statistics = FeatureStatistics()

    init(_ target: Target, scaling: ScalingKind) {
        switch target {
        case .binary(let classes):
            precondition(classes.count == 2, "a binary target has two classes")
            isBinary = true
        case .regression: isBinary = false
        case .multiclass, .unlabelled: preconditionFailure("the model is for two classes or a regression")
        }
        self.scaling = scaling
    }

    /// What a loss is given for the label: 0 or 1, or the scaled value. Nil where the label isn't sound.
    @inline(__always)
    func number(of raw: Double) -> Double? {
        if isBinary { return raw == 0 || raw == 1 ? raw : nil }
        // It must fit Float32, so that its square can't overflow the statistics.
        return abs(raw) <= Double(Float.greatestFiniteMagnitude) ? scaling.scale(raw, statistics) : nil
    }

    /// Takes the label of a learned record into the target's statistics.
    @inline(__always)
    mutating func learned(_ raw: Double) {
        if !isBinary { scaling.update(&statistics, with: raw) }
    }

    /// Logistic loss for two classes, half the squared residual for a regression, and its derivative by the margin.
    @inline(__always)
    func lossAndSlope(margin: Double, number: Double) -> (value: Double, gradient: Double) {
        if isBinary { return LogisticLoss.valueAndGradient(margin: margin, target: number) }
        return (SquaredLoss.value(margin: margin, target: number), SquaredLoss.gradient(margin: margin, target: number))
    }

    /// - Parameters:
    ///   - margin: one that isn't finite, which only an unsound input gives, counts as 0.
    ///   - probabilities: `[2]` for two classes; not read for a regression.
    @inline(__always)
    func prediction(margin: Double, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        let margin = margin.isFinite ? margin : 0
        guard isBinary else { return Prediction(score: scaling.unscale(margin, statistics), classIndex: -1) }
        let score = LogisticLoss.probability(margin: margin)
        fill(probabilities, positive: score)
        return Prediction(score: score, classIndex: margin > 0 ? 1 : 0)
    }

    @inline(__always)
    func fill(_ probabilities: UnsafeMutableBufferPointer<Float>, positive: Double) {
        guard probabilities.count >= 2 else { return }
        probabilities[0] = Float(1 - positive)
        probabilities[1] = Float(positive)
    }

    func save(to archive: inout StateArchive, under prefix: String) {
        if !isBinary { statistics.save(to: &archive, under: prefix + "/target") }
    }

    /// The statistics that a snapshot holds; nothing is taken over yet.
    func statistics(in archive: StateArchive, under prefix: String) throws(StateError) -> FeatureStatistics {
        if isBinary { return FeatureStatistics() }
        return try FeatureStatistics(restoring: archive, under: prefix + "/target", scaling: scaling)
    }

    mutating func restore(_ statistics: FeatureStatistics) { self.statistics = statistics }
}
