#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// One prediction with its truth, as the metrics see it.
struct Observation {
    /// Two classes: the positive one's probability. Several: that of the true class. Else the predicted value.
    var score: Double
    /// The true class's index, else the value.
    var label: Double
    var weight: Double
    /// The predicted class's index; 0 where there are none.
    var predicted: Int = 0
    /// Whether the label before would have been right.
    var lastLabelWasRight = false
    /// Negative log likelihood of the true class, in nats.
    var logLoss = 0.0
    /// Two classes: of the positive one's probability. Several: summed over the classes.
    var squaredError = 0.0
    /// Two classes: the positive one's probability. Several: that of the class said.
    var confidence = 0.0
    /// What was said with `confidence` was so.
    var wasConfidentlyRight = false
    /// Several classes: whether all their probabilities are known, which they aren't after an old snapshot.
    var hasProbabilities = false
    /// How many classes had a larger probability than the true one, and of the same those before it; `ranks` where there
    /// are as many or more.
    var rank = 0
    /// Which of the declared segments the record is in; the one after the last for any other.
    var segment: Int = 0

    /// Ranks that are told apart.
    static let ranks = 5

    /// 1, and the losses that means are told of: error, log loss and squared error.
    @inline(__always)
    var classLosses: SIMD4<Double> { SIMD4(1, label == Double(predicted) ? 0 : 1, logLoss, squaredError) }

    /// 1, and the losses that means are told of: absolute, squared and signed error.
    @inline(__always)
    var valueLosses: SIMD4<Double> {
        let error = score - label
        return SIMD4(1, abs(error), error * error, error)
    }

    /// Probabilities are kept 1e-15 from 0 and 1.
    @inline(__always)
    static func logLoss(_ likelihood: Double) -> Double { -log(min(max(likelihood, 1e-15), 1 - 1e-15)) }

    /// Works out what goes by two classes' probability.
    @inline(__always)
    mutating func measureTwoClasses() {
        let isPositive = label == 1
        logLoss = Self.logLoss(isPositive ? score : 1 - score)
        let error = (isPositive ? 1 : 0) - score
        squaredError = error * error
        confidence = score
        wasConfidentlyRight = isPositive
    }

    /// Works out what goes by several classes' probabilities. Cost: O(classes).
    /// - Returns: false where one of them isn't finite.
    @inline(__always)
    mutating func measureClasses(_ probabilities: UnsafeBufferPointer<Float>) -> Bool {
        let truth = Int(label)
        let likelihood = probabilities[truth]
        var (squares, above) = (0.0, 0)
        for index in 0..<probabilities.count {
            let probability = probabilities[index]
            squares += Double(probability) * Double(probability)
            above += probability > likelihood || (probability == likelihood && index < truth) ? 1 : 0
        }
        guard squares.isFinite else { return false }
        score = Double(likelihood)
        logLoss = Self.logLoss(score)
        squaredError = max(squares - 2 * score + 1, 0)
        confidence = Double(probabilities[predicted])
        wasConfidentlyRight = predicted == truth
        hasProbabilities = true
        rank = min(above, Self.ranks)
        return true
    }
}
