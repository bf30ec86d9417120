extension MetricValues {
    public typealias Named = (name: String, value: Double)

    /// The most asked of those that are there, by the names that records and reports use, in a fixed order.
    public var named: [Named] {
        present([
            ("accuracy", accuracy), ("balanced_accuracy", balancedAccuracy), ("precision", precision),
            ("recall", recall), ("log_loss", logLoss), ("brier", brier), ("auc", auc), ("f1_macro", f1Macro),
            ("kappa", kappa), ("kappa_temporal", kappaTemporal), ("mcc", mcc),
            ("mae", mae), ("rmse", rmse), ("r2", r2), ("mape", mape), ("pinball", pinball),
        ])
    }

    /// All that are there: those of `named`, the further ones, and class by class with the class in brackets.
    public var detailed: [Named] {
        named + further
            + classes.flatMap { scores in
                let name = scores.name.isEmpty ? "\(scores.index)" : scores.name
                return present([
                    ("precision[\(name)]", scores.precision), ("recall[\(name)]", scores.recall),
                    ("f1[\(name)]", scores.f1), ("support[\(name)]", scores.support),
                ])
            }
    }

    private var further: [Named] {
        let isMany = classes.count > 2
        return present([
            ("f1", f1), ("f1_micro", classes.isEmpty ? nil : accuracy), ("f1_weighted", f1Weighted),
            ("precision_macro", precisionMacro), ("precision_micro", classes.isEmpty ? nil : accuracy),
            ("precision_weighted", precisionWeighted), ("recall_macro", recallMacro),
            ("recall_micro", classes.isEmpty ? nil : accuracy), ("recall_weighted", classes.isEmpty ? nil : accuracy),
            ("calibration_error", calibrationError), ("pr_auc", precisionRecallArea), ("mean_error", meanError),
        ])
            + (isMany ? topAccuracies.dropFirst() : []).enumerated().map { ("top_\($0 + 2)_accuracy", $1) }
    }

    private func present(_ all: [(name: String, value: Double?)]) -> [Named] {
        all.compactMap { entry in entry.value.map { (entry.name, $0) } }
    }
}
