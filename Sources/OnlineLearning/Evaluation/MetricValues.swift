/// How good predictions were, over some of the records. What the target doesn't have is nil, and so is what can't be
/// said yet.
public struct MetricValues: Sendable, Equatable {
    /// Records that the values stand for; under fading, all records.
    public var records: UInt64
    /// Share of predictions that were right.
    public var accuracy: Double?
    /// Mean negative log likelihood, in nats; probabilities are kept 1e-15 from 0 and 1.
    public var logLoss: Double?
    /// Area under the ROC curve: how often a positive record scores above a negative one; ties count half.
    public var auc: Double?
    /// Mean over the classes of the harmonic mean of precision and recall; 0 for a class without either.
    public var f1Macro: Double?
    /// Cohen's kappa: accuracy beyond chance with the same class shares.
    public var kappa: Double?
    /// Accuracy beyond that of predicting the last label.
    public var kappaTemporal: Double?
    /// Matthews correlation coefficient; 0 where a class is never predicted or never true.
    public var mcc: Double?
    /// Mean absolute error, in the target's unit.
    public var mae: Double?
    /// Root of the mean squared error, in the target's unit.
    public var rmse: Double?
    /// Share of the labels' variance that is explained; negative where the labels' mean does better.
    public var r2: Double?

    public init(records: UInt64 = 0) { self.records = records }

    /// Those that are there, by the names that records and reports use, in a fixed order.
    public var named: [(name: String, value: Double)] {
        let all: [(name: String, value: Double?)] = [
            ("accuracy", accuracy), ("log_loss", logLoss), ("auc", auc), ("f1_macro", f1Macro), ("kappa", kappa),
            ("kappa_temporal", kappaTemporal), ("mcc", mcc), ("mae", mae), ("rmse", rmse), ("r2", r2),
        ]
        return all.compactMap { entry in entry.value.map { (entry.name, $0) } }
    }
}
