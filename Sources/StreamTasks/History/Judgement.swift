#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

internal import Records

/// How one prediction fared, in measures that don't depend on what the model minimizes: so that models can be compared.
package struct Judgement: Sendable, Equatable {
    /// The record's number in the stream, from 1.
    package var record: Int
    /// 0 or 1 for a class that was right or wrong, the absolute error of a regression in the label's unit; nil without a target.
    package var error: Double?
    /// The negative log likelihood of the true class, in nats; nil where there are no classes.
    package var logLoss: Double?

    /// As the metrics' log loss has it.
    private static let leastProbability = 1e-15

    /// - Parameter probabilities: of each class; looked at where `target` has several.
    init(
        record: Int, _ example: LabelledExample, target: Target, probabilities: UnsafeBufferPointer<Float>
    ) {
        self.record = record
        let prediction = example.prediction
        switch example.label {
        case .classIndex(let truth):
            let likelihood: Double
            switch target {
            case .binary: likelihood = truth == 1 ? prediction.score : 1 - prediction.score
            case .multiclass where probabilities.indices.contains(truth): likelihood = Double(probabilities[truth])
            default: return
            }
            error = truth == prediction.classIndex ? 0 : 1
            guard !likelihood.isNaN else { return }
            logLoss = -log(min(max(likelihood, Self.leastProbability), 1 - Self.leastProbability))
        case .value(let truth): error = abs(truth - prediction.score)
        case .absent: break
        }
    }
}
