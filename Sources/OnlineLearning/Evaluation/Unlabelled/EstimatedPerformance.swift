public import Records

/// How good predictions are whose labels haven't come yet, and how good that estimate was where they have.
///
/// Classes: a score, calibrated by recent labels, is how probable it is that the prediction is right; the mean of these is the
/// accuracy to be expected, and likewise the log loss and the area under the ROC curve of two classes. Values: the errors to be
/// expected are the recent ones of predictions of the same size. It sees when inputs change so that predictions get less
/// sure. It can't see that what a sure prediction means has changed, until labels tell.
/// - Shape: a prediction in, later the same with its label, in any order. Cost: O(1) a record, and O(bins) every 64th label;
///   allocates nothing after `init`.
/// - Source: Kivimäki, Białek, Kuberski and Nurminen, "Performance estimation in binary classification using calibrated
///   confidence" (2025), for the expected confusion of calibrated scores; isotonic calibration as `ScoreCalibrator` says.
public struct EstimatedPerformance: ~Copyable {
    let kind: EvaluatedTarget
    private let growth: Double
    var calibrator = ScoreCalibrator()
    let errors: ErrorsByScore
    var waitingScores: WaitingScores
    /// Weight; what was expected and what came: two classes and several, right and log loss; values, absolute and squared error.
    var compared = Comparison()
    var labels: UInt64 = 0
    /// What a label of weight 1 is worth now.
    var worth = 1.0

    /// Where all sums are divided, so that none overflows.
    private static let largestWorth = 1e100
    /// Beyond it a square could overflow the sums for good.
    private static let largestNumber = Double(Float.greatestFiniteMagnitude)

    struct Comparison {
        var weight = 0.0
        var expected = SIMD2<Double>.zero
        var came = SIMD2<Double>.zero
    }

    /// - Parameter memory: labels after which an older one counts for less than about a third; 1 or more.
    public init(target: Target, memory: Int = 5_000) {
        precondition(memory >= 1, "a memory has at least one label")
        kind = EvaluatedTarget(target)
        growth = 1 + 1 / Double(memory)
        errors = ErrorsByScore(isUsed: kind == .values)
        waitingScores = WaitingScores(bins: kind == .values ? ErrorsByScore.bins : ScoreCalibrator.bins)
    }

    /// A prediction was made, its label is out.
    /// - Returns: how probable it is that the positive class is true (two classes) or that the prediction is right (several),
    ///   or the absolute error to be expected (values): to be kept with the prediction for `labelled`. NaN where nothing can
    ///   be told yet, and where the prediction isn't taken in.
    @discardableResult
    public mutating func predicted(_ prediction: Prediction) -> Double {
        guard isKnown(prediction) else { return .nan }
        let bin = bin(prediction)
        waitingScores.add(bin, sums(prediction))
        return kind == .values ? errors.expected(bin, worth: worth)?[0] ?? .nan : calibrator.probability(bin)
    }

    /// The label of a prediction won't come.
    public mutating func expired(_ prediction: Prediction) {
        guard isKnown(prediction) else { return }
        waitingScores.remove(bin(prediction), sums(prediction))
    }

    /// The label of a prediction came. What isn't a class or isn't finite only ends the waiting.
    /// - Parameter told: what `predicted` returned; without it, what it would return now.
    public mutating func labelled(_ prediction: Prediction, _ label: Label, told: Double? = nil) {
        guard isKnown(prediction) else { return }
        expired(prediction)
        guard let truth = label.target, isKnown(truth: truth) else { return }
        worth *= growth
        if worth > Self.largestWorth { lighten() }
        let bin = bin(prediction)
        if kind == .values {
            compareValues(prediction, truth, bin, told: told)
        } else {
            let told = told.flatMap { 0...1 ~= $0 ? $0 : nil } ?? calibrator.probability(bin)
            let isSo = kind == .twoClasses ? truth == 1 : truth == Double(prediction.classIndex)
            compareClasses(prediction, isSo, told)
            calibrator.learn(bin, score: prediction.score, isSo: isSo, told: told, weight: worth, worth: worth)
        }
        labels += 1
    }

    private mutating func compareClasses(_ prediction: Prediction, _ isSo: Bool, _ told: Double) {
        let seen = sums(prediction)
        compared.weight += worth
        compared.expected += worth * expected(seen, told)
        compared.came += worth * expected(seen, isSo ? 1 : 0)
    }

    private mutating func compareValues(_ prediction: Prediction, _ truth: Double, _ bin: Int, told: Double?) {
        let error = min(max(prediction.score - truth, -Self.largestNumber), Self.largestNumber)
        if var expected = errors.expected(bin, worth: worth) {
            if let told, told.isFinite, 0...Self.largestNumber ~= told { expected[0] = told }
            compared.weight += worth
            compared.expected += worth * expected
            compared.came += worth * SIMD2(abs(error), error * error)
        }
        errors.learn(bin, error: error, weight: worth)
    }

    private mutating func lighten() {
        calibrator.lighten(by: worth)
        errors.lighten(by: worth)
        compared.weight /= worth
        compared.expected /= worth
        compared.came /= worth
        worth = 1
    }

    private func isKnown(_ prediction: Prediction) -> Bool {
        switch kind {
        case .twoClasses, .classes:
            prediction.score.isFinite && 0..<kind.classCount ~= prediction.classIndex
        case .values: prediction.score.isFinite
        case .anomalies: false
        }
    }

    private func isKnown(truth: Double) -> Bool {
        kind == .values
            ? abs(truth) <= Self.largestNumber : truth == truth.rounded() && 0..<Double(kind.classCount) ~= truth
    }

    private func bin(_ prediction: Prediction) -> Int {
        kind == .values ? ErrorsByScore.bin(prediction.score) : ScoreCalibrator.bin(prediction.score)
    }

    /// What one prediction adds to those that wait.
    private func sums(_ prediction: Prediction) -> SIMD4<Double> {
        switch kind {
        case .twoClasses:
            SIMD4(
                1, prediction.classIndex == 1 ? 1 : 0, Observation.logLoss(prediction.score),
                Observation.logLoss(1 - prediction.score))
        case .classes: SIMD4(1, 1, 0, 0)
        case .values, .anomalies: SIMD4(1, 0, 0, 0)
        }
    }

    /// Right, and log loss, of predictions of which it is so with one probability.
    func expected(_ seen: SIMD4<Double>, _ probability: Double) -> SIMD2<Double> {
        SIMD2(
            seen[1] * probability + (seen[0] - seen[1]) * (1 - probability),
            seen[2] * probability + seen[3] * (1 - probability))
    }
}
