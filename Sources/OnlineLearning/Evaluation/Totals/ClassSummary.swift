/// What the metrics of classes are made of: of each class, how often it was right, true and said.
///
/// Accuracy, precision, recall, F1, kappa and the Matthews coefficient need no more, so nothing grows with pairs of classes.
/// - Cost: O(1) a class, when values are asked for.
/// - Source: Cohen, Educational and Psychological Measurement 20 (1960), for kappa; Gorodkin, Computational Biology and
///   Chemistry 28 (2004), for the Matthews coefficient of several classes.
struct ClassSummary {
    private(set) var total = 0.0
    private var right = 0.0
    private var chance = 0.0
    private var trueSquares = 0.0
    private var saidSquares = 0.0
    private var classes: [ClassValues] = []

    /// Adds the next class: the weight of the records where it was right, where it was true, and where it was said.
    mutating func add(hits: Double, truths: Double, said: Double) {
        total += truths
        right += hits
        chance += truths * said
        trueSquares += truths * truths
        saidSquares += said * said
        classes.append(ClassValues(index: classes.count, hits: hits, truths: truths, said: said))
    }

    /// Fills in what it can; false where there was no record.
    ///
    /// Means over classes leave out one that never was true nor said, and recall's one that never was true. A class that
    /// was true and never said counts with precision 0.
    func fill(_ values: inout MetricValues, lastLabelRight: Double) -> Bool {
        guard total > 0 else { return false }
        let accuracy = right / total
        let met = classes.filter { $0.f1 != nil }
        let known = classes.filter { $0.recall != nil }
        values.classes = classes
        values.accuracy = accuracy
        values.balancedAccuracy = known.reduce(0) { $0 + ($1.recall ?? 0) } / Double(known.count)
        values.precisionMacro = met.reduce(0) { $0 + ($1.precision ?? 0) } / Double(met.count)
        values.recallMacro = met.reduce(0) { $0 + ($1.recall ?? 0) } / Double(met.count)
        values.f1Macro = met.reduce(0) { $0 + ($1.f1 ?? 0) } / Double(met.count)
        values.precisionWeighted = known.reduce(0) { $0 + $1.support * ($1.precision ?? 0) } / total
        values.f1Weighted = known.reduce(0) { $0 + $1.support * ($1.f1 ?? 0) } / total
        values.kappa = Self.beyond(accuracy, chance / total / total)
        values.kappaTemporal = Self.beyond(accuracy, lastLabelRight / total)
        let spread = (total * total - trueSquares).squareRoot() * (total * total - saidSquares).squareRoot()
        values.mcc = spread > 0 ? (right * total - chance) / spread : 0
        return true
    }

    /// How far an accuracy is beyond a baseline's, as a share of what there is to gain.
    private static func beyond(_ accuracy: Double, _ baseline: Double) -> Double? {
        baseline < 1 ? (accuracy - baseline) / (1 - baseline) : nil
    }
}
