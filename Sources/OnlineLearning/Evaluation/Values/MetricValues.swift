/// How good predictions were, over some of the records. What the target doesn't have is nil or empty, and so is what can't be
/// said yet.
public struct MetricValues: Sendable, Equatable {
    /// Records that the values stand for; under fading, all records.
    public var records: UInt64

    /// Share of predictions that were right.
    public var accuracy: Double?
    /// Mean recall over the classes that were true.
    public var balancedAccuracy: Double?
    /// Of the positive class of two: share of what was said to be positive that was; nil where it never was said.
    public var precision: Double?
    /// Of the positive class of two: share of what was positive that was said to be; nil where it never was true.
    public var recall: Double?
    /// Of the positive class of two: harmonic mean of precision and recall.
    public var f1: Double?
    /// Means over the classes that were true or said; 0 for what a class doesn't have.
    public var precisionMacro: Double?
    public var recallMacro: Double?
    public var f1Macro: Double?
    /// Means over the classes that were true, each weighted with how often it was; recall's is the accuracy.
    public var precisionWeighted: Double?
    public var f1Weighted: Double?
    /// Cohen's kappa: accuracy beyond chance with the same class shares.
    public var kappa: Double?
    /// Accuracy beyond that of predicting the last label.
    public var kappaTemporal: Double?
    /// Matthews correlation coefficient; 0 where a class is never predicted or never true.
    public var mcc: Double?
    /// Class by class, in the order in which they are declared.
    public var classes: [ClassValues] = []
    /// Share of the records whose true class was among the 1, 2, … most probable, for up to 5 and fewer than all classes;
    /// of equal probabilities the class declared first goes before. Empty for two classes.
    public var topAccuracies: [Double] = []

    /// Mean negative log likelihood, in nats; probabilities are kept 1e-15 from 0 and 1.
    public var logLoss: Double?
    /// Mean squared error of the probability: of the positive one of two classes, summed over more than two.
    public var brier: Double?
    /// Expected calibration error: mean distance between what was said to be probable and how often it was so, over
    /// `calibration`'s bins. Of the positive class of two, and of the class said of several. Not kept under fading.
    public var calibrationError: Double?
    /// The calibration curve, in ten equal steps of the probability; steps without records are left out.
    public var calibration: [CalibrationBin] = []
    /// Area under the ROC curve: how often a positive record scores above a negative one; ties count half. Exact over the
    /// window, from a histogram of scores over all records, not kept under fading.
    public var auc: Double?
    /// Area under the precision-recall curve, as average precision; exact and from the histogram as `auc`.
    public var precisionRecallArea: Double?

    /// Mean absolute error, in the target's unit.
    public var mae: Double?
    /// Root of the mean squared error, in the target's unit.
    public var rmse: Double?
    /// Share of the labels' variance that is explained; negative where the labels' mean does better.
    public var r2: Double?
    /// Mean absolute error as a share of the label's magnitude, over the records whose label isn't 0; 0.1 is 10 %.
    public var mape: Double?
    /// Mean of prediction less label, in the target's unit: above 0 where predictions are too high.
    public var meanError: Double?
    /// Mean pinball loss at the declared quantile, in the target's unit; nil where none is declared.
    public var pinball: Double?

    public init(records: UInt64 = 0) { self.records = records }
}
