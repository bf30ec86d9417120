internal import DriftDetection

/// One tree of a forest, what watches it, and the successor that grows beside it once it seems to get worse.
struct ForestMember: ~Copyable {
    var tree: GrowingTree
    var successor: GrowingTree?
    var warning: ADWIN
    var drift: ADWIN
    /// Draws how often a record is learned, and the seeds of successors.
    var generator: SeededGenerator
    /// Faded loss of the tree, and the faded number of records behind it.
    var loss = 0.0
    var records = 0.0

    /// Of the leaves' linear models.
    let stepSize: Double

    init(_ configuration: AdaptiveRandomForestConfiguration, stepSize: Double, seed: UInt64) {
        self.stepSize = stepSize
        generator = SeededGenerator(seed: seed)
        warning = Self.detector(configuration.warningDelta)
        drift = Self.detector(configuration.driftDelta)
        tree = Self.plant(configuration, stepSize, seed: generator.next())
    }

    static func plant(_ configuration: AdaptiveRandomForestConfiguration, _ stepSize: Double, seed: UInt64)
        -> GrowingTree
    {
        let inputs = Double(configuration.tree.totalInputs)
        return GrowingTree(
            configuration.tree, observed: max(Int((inputs * configuration.subspace).rounded()), 1), stepSize: stepSize,
            seed: seed)
    }

    private static func detector(_ delta: Double) -> ADWIN {
        ADWIN(ADWINConfiguration(delta: delta > 0 ? delta : 0.5))
    }

    /// The mean of the losses of late; nil before the first record.
    var meanLoss: Double? { records > 0 ? loss / records : nil }

    /// Takes in how wrong the tree was of a record, before it learns it.
    /// - Parameter error: what the detectors watch, between 0 and 1 or in the unit of the label.
    mutating func watch(error: Double, loss: Double, _ configuration: AdaptiveRandomForestConfiguration) {
        self.loss = configuration.lossFading * self.loss + loss
        records = configuration.lossFading * records + 1
        if configuration.warningDelta > 0, Self.hasRisen(&warning, error) {
            warning = Self.detector(configuration.warningDelta)
            successor = Self.plant(configuration, stepSize, seed: generator.next())
        }
        if configuration.driftDelta > 0, Self.hasRisen(&drift, error) { succeed(configuration) }
    }

    /// Whether a change was found, and was one for the worse.
    private static func hasRisen(_ detector: inout ADWIN, _ error: Double) -> Bool {
        let before = detector.estimate
        return detector.update(error) && detector.estimate > before
    }

    private mutating func succeed(_ configuration: AdaptiveRandomForestConfiguration) {
        let next = successor.take()
        if next == nil {
            tree = Self.plant(configuration, stepSize, seed: generator.next())
        } else if let next {
            tree = next
        }
        warning = Self.detector(configuration.warningDelta)
        drift = Self.detector(configuration.driftDelta)
        (loss, records) = (0, 0)
    }
}
