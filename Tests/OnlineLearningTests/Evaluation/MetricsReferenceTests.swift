import OnlineLearning
import Records
import Testing

/// The expected figures are scikit-learn 1.9.1's over the same streams: `accuracy_score`, `balanced_accuracy_score`,
/// `precision_recall_fscore_support` by class and with `average=`, `cohen_kappa_score`, `matthews_corrcoef`, `log_loss`,
/// `brier_score_loss` (`scale_by_half=False` for four classes), `roc_auc_score`, `average_precision_score`,
/// `mean_absolute_percentage_error` without the labels that are 0, `mean_pinball_loss(alpha=0.8)`, all with
/// `sample_weight=`. The calibration error is by `numpy.searchsorted` over `calibration_curve`'s ten uniform bins.
@Suite struct MetricsReferenceTests {
    private let twoClassFigures: [String: Double] = [
        "accuracy": 0.7375249500998003, "balanced_accuracy": 0.7655052049000828, "precision": 0.5790513833992095,
        "recall": 0.8542274052478134, "f1": 0.690223792697291, "f1_micro": 0.7375249500998003,
        "f1_macro": 0.7312590824958316, "f1_weighted": 0.7442003515340939, "precision_macro": 0.7391224658931531,
        "precision_weighted": 0.7896039649630994, "recall_macro": 0.7655052049000828,
        "recall_weighted": 0.7375249500998003, "kappa": 0.4766969430996343, "mcc": 0.5039375330462087,
        "log_loss": 0.501057668616339, "brier": 0.16745968207627712, "auc": 0.8671190999703589,
        "pr_auc": 0.7813474951394557, "calibration_error": 0.15732987150698602, "precision[no]": 0.8991935483870968,
        "recall[no]": 0.6767830045523521, "f1[no]": 0.7722943722943723, "support[no]": 659.0,
        "precision[yes]": 0.5790513833992095, "recall[yes]": 0.8542274052478134, "f1[yes]": 0.690223792697291,
        "support[yes]": 343.0,
    ]

    private let fourClassFigures: [String: Double] = [
        "accuracy": 0.76, "balanced_accuracy": 0.7862691855511093, "f1_micro": 0.76, "f1_macro": 0.7622245498953717,
        "f1_weighted": 0.7576979661327887, "precision_macro": 0.7591578966824847,
        "precision_weighted": 0.7705869673073668, "recall_macro": 0.7862691855511093, "recall_weighted": 0.76,
        "kappa": 0.6789933230611198, "mcc": 0.6831680634882616, "log_loss": 1.829233106259495,
        "brier": 0.548103515625, "calibration_error": 0.25134375, "top_2_accuracy": 0.826, "top_3_accuracy": 0.902,
        "precision[a]": 0.7795275590551181, "recall[a]": 0.717391304347826, "f1[a]": 0.7471698113207547,
        "support[a]": 138.0, "precision[b]": 0.7746478873239436, "recall[b]": 0.7586206896551724,
        "f1[b]": 0.7665505226480837, "support[b]": 145.0, "precision[c]": 0.8157894736842105,
        "recall[c]": 0.6690647482014388, "f1[c]": 0.7351778656126482, "support[c]": 139.0,
        "precision[d]": 0.6666666666666666, "recall[d]": 1.0, "f1[d]": 0.8, "support[d]": 78.0,
    ]

    private let valueFigures: [String: Double] = [
        "mae": 4.1729806408544725, "rmse": 4.881430086349412, "r2": -1.7715536403075545, "mape": 2.750536680118632,
        "pinball": 1.608628170894526, "mean_error": 1.592873831775701,
    ]

    private func check(_ values: MetricValues, _ expected: [String: Double], but exempt: Set<String> = []) throws {
        let found = Dictionary(uniqueKeysWithValues: values.detailed.map { ($0.name, $0.value) })
        for (name, figure) in expected where !exempt.contains(name) {
            #expect(abs(try #require(found[name], "\(name)") - figure) <= 1e-10 * max(1, abs(figure)), "\(name)")
        }
    }

    /// By order of scores, over all records, they are within an error that is stated; and fading keeps neither them nor the bins.
    private let byOrder: Set = ["auc", "pr_auc"]

    @Test func `the metrics of two classes are scikit-learn's`() throws {
        let target = Target.binary(classes: [.text("no"), .text("yes")])
        let stream = ReferenceStreams.twoClasses
        var metrics = PrequentialMetrics(target: target, window: stream.count, fading: 1)
        for record in stream { metrics.add(record.prediction, .classIndex(record.truth), weight: record.weight) }
        try check(metrics.windowed, twoClassFigures)
        try check(metrics.overall, twoClassFigures, but: byOrder)
        try check(metrics.faded, twoClassFigures, but: byOrder.union(["calibration_error"]))
        let area = try #require(metrics.overall.auc)
        #expect(abs(area - (twoClassFigures["auc"] ?? 0)) <= metrics.largestAreaError)
        let precisionArea = try #require(metrics.overall.precisionRecallArea)
        #expect(abs(precisionArea - (twoClassFigures["pr_auc"] ?? 0)) <= metrics.largestPrecisionAreaError)
    }

    @Test func `the metrics of four classes are scikit-learn's`() throws {
        let target = Target.multiclass(classes: ["a", "b", "c", "d"].map { .text($0) })
        let stream = ReferenceStreams.fourClasses
        var metrics = PrequentialMetrics(target: target, window: stream.count, fading: 1)
        for record in stream {
            record.probabilities.withUnsafeBufferPointer {
                metrics.add(record.prediction, .classIndex(record.truth), probabilities: $0)
            }
        }
        try check(metrics.windowed, fourClassFigures)
        try check(metrics.overall, fourClassFigures)
        try check(metrics.faded, fourClassFigures, but: ["calibration_error"])
    }

    @Test func `the metrics of values are scikit-learn's`() throws {
        let stream = ReferenceStreams.values
        var metrics = PrequentialMetrics(target: .regression, window: stream.count, fading: 1, quantile: 0.8)
        for record in stream {
            metrics.add(
                Prediction(score: record.predicted, classIndex: -1), .value(record.truth), weight: record.weight)
        }
        for values in [metrics.overall, metrics.windowed, metrics.faded] { try check(values, valueFigures) }
    }

    @Test func `what is printed by default is short, and has all that a report goes by`() throws {
        let stream = ReferenceStreams.twoClasses
        var metrics = PrequentialMetrics(target: twoClasses, window: 100, fading: 1)
        for record in stream { metrics.add(record.prediction, .classIndex(record.truth)) }
        let names = metrics.overall.named.map(\.name)
        #expect(Set(names).isSuperset(of: ["accuracy", "log_loss", "auc", "f1_macro", "kappa", "mcc"]))
        #expect(names.count <= 11)
        let detailed = metrics.overall.detailed.map(\.name)
        #expect(detailed.starts(with: names) && Set(detailed).count == detailed.count)
        #expect(detailed.contains("recall[UP]"))
    }

    @Test func `a label of 0 is left out of the relative error and of nothing else`() throws {
        var metrics = PrequentialMetrics(target: .regression, window: 10, fading: 1)
        metrics.add(Prediction(score: 1, classIndex: -1), .value(0))
        #expect(metrics.overall.mape == nil && metrics.overall.mae == 1)
        metrics.add(Prediction(score: 1.5, classIndex: -1), .value(-1))
        #expect(metrics.overall.mape == 2.5 && metrics.overall.mae == 1.75)
    }
}
