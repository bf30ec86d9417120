internal import DriftDetection
internal import Records
internal import Settings

/// What the settings ask to be watched, written out signal by signal.
struct SignalPlan {
    private(set) var signals: [WatchedSignal] = []
    private(set) var evidences: [(configuration: EDetectorConfiguration, window: Int, minimumEffect: Double)] = []
    private(set) var distributions: [DistributionPlan] = []
    private(set) var detectors: [DetectorConfiguration] = []
    private(set) var exceedances: [(settings: ExceedanceSettings, minimumEffect: Double)] = []
    private(set) var joints: [(plan: JointPlan, signal: Int, names: [String])] = []
    private(set) var quality: [QualityValue] = []
    let categories: [CategoryPlan]
    private let names: SignalNames
    private let settings: PipelineSettings

    /// Values a window of a signal that has one a record.
    static let window = 1000

    init(_ settings: PipelineSettings) {
        self.settings = settings
        names = SignalNames(settings)
        categories = CategoryPlan.all(of: settings.features)
        for watch in settings.drift { add(watch) }
        for index in signals.indices where signals[index].check == nil {
            signals[index].skipsMissing = isChecked(.missing, signals[index].feature)
            signals[index].skipsUndeclared = isChecked(.newCategory, signals[index].feature)
        }
    }

    private func isChecked(_ check: QualityCheck, _ feature: String?) -> Bool {
        feature != nil && signals.contains { $0.check == check && $0.feature == feature }
    }

    /// How much of the budget each signal has: half of it goes to those of the concept, where there are any.
    var shares: [AlertDesk.Signal] {
        let concept = signals.count { $0.isOfConcept && !$0.isOutsideBudget }
        let others = signals.count { !$0.isOfConcept && !$0.isOutsideBudget }
        let most = concept > 0 ? max(1, Double(others) / Double(concept)) : 1
        return signals.map { signal in
            AlertDesk.Signal(
                weight: signal.isOutsideBudget ? 1e-9 : signal.isOfConcept ? most : 1,
                recordsPerLook: signal.recordsPerLook, subject: subject(of: signal), covers: covered(by: signal),
                leads: signal.isOfConcept)
        }
    }

    /// The feature whose values move; that they are missing, or none of the declared ones, is another thing.
    private func subject(of signal: WatchedSignal) -> Int? {
        switch signal.check {
        case nil, .outOfRange: settings.features.firstIndex { $0.name == signal.feature }
        case .missing, .newCategory, .refused, .volume, .lag: nil
        }
    }

    /// Features that move each by itself move together, too.
    private func covered(by signal: WatchedSignal) -> Set<Int> {
        guard case .joint(let place) = signal.keeper else { return [] }
        return Set(settings.features.indices.filter { joints[place].names.contains(settings.features[$0].name) })
    }

    private mutating func add(_ watch: DriftWatch) {
        switch watch.watch {
        case .loss: add(.loss, "loss", watch)
        case .error: add(.error, names.error, watch)
        case .metric: for metric in watch.metrics { add(.metric(metric), "metric." + metric, watch) }
        case .prediction: add(settings.target.hasManyClasses ? .predictedClass : .score, "prediction", watch)
        case .feature: for name in watch.features { addFeature(name, watch) }
        case .features: add(.features, "features", watch)
        case .quality: for check in watch.checks { add(check, watch) }
        case .labelDelay: add(.labelDelay, "label-delay", watch)
        }
    }

    private mutating func addFeature(_ name: String, _ watch: DriftWatch) {
        if let number = settings.numbers.firstIndex(where: { $0.name == name }) {
            add(.number(number), "feature." + name, feature: name, watch)
        } else if let category = categories.firstIndex(where: { $0.name == name }) {
            // The order of categories says nothing, so detectors of numbers have nothing to watch.
            guard case .distribution = watch.detector else { return }
            add(.category(category), "feature." + name, feature: name, watch)
        }
    }

    private mutating func add(_ check: QualityCheck, _ watch: DriftWatch) {
        guard check.isOfFeatures else { return add(.init(check: check, place: 0), check.rawValue, nil, watch) }
        for name in watch.features {
            let place: Int? =
                switch check {
                case .missing: settings.features.firstIndex { $0.name == name }
                case .newCategory: categories.firstIndex { $0.name == name }
                case .outOfRange: settings.numbers.firstIndex { $0.name == name }
                case .refused, .volume, .lag: nil
                }
            guard let place else { continue }
            add(.init(check: check, place: place), "\(check.rawValue).\(name)", name, watch)
        }
    }

    private mutating func add(_ value: QualityValue, _ name: String, _ feature: String?, _ watch: DriftWatch) {
        add(.quality(quality.count), name, feature: feature, check: value.check, watch)
        quality.append(value)
    }

    private mutating func add(
        _ source: SignalSource, _ name: String, feature: String? = nil, check: QualityCheck? = nil, _ watch: DriftWatch
    ) {
        var signal = WatchedSignal(
            source: source, keeper: .detector(detectors.count), name: name, feature: feature, detector: "",
            recordsPerValue: 1, check: check, minimumEffect: watch.minimumEffect ?? check?.minimumEffect,
            isOfConcept: watch.watch.isOfConcept, recordsPerLook: 1)
        switch watch.detector {
        case .scalar(let configuration):
            signal.detector = configuration.kind.rawValue
            detectors.append(configuration)
        case .evidence(let configuration):
            if case .quality = source { signal.recordsPerValue = QualityCounters.block }
            if case .metric = source { signal.recordsPerValue = settings.evaluation.metricsWindow }
            signal.detector = "e-detector"
            signal.keeper = .evidence(evidences.count)
            signal.recordsPerLook = signal.recordsPerValue
            evidences.append(
                (
                    configuration, max(2, Self.window / signal.recordsPerValue),
                    check == nil ? watch.minimumEffect ?? 0.1 : 0.1
                ))
        case .distribution(let distribution):
            signal.recordsPerValue = distribution.every
            signal.recordsPerLook = distribution.every * distribution.window
            signal.keeper = .distribution(distributions.count)
            let configuration = distribution.configuration(
                categories: categoryCount(source), minimumEffect: watch.minimumEffect)
            signal.detector = configuration.test.rawValue
            distributions.append(
                DistributionPlan(
                    configuration: configuration, every: distribution.every,
                    sample: watch.samples.first { $0.feature == feature }?.values ?? []))
        case .exceedance(let exceedance):
            signal.detector = ExceedanceSettings.word
            signal.keeper = .exceedance(exceedances.count)
            exceedances.append((exceedance, watch.minimumEffect ?? 0.1))
        case .joint(let joint):
            signal.recordsPerValue = joint.every
            signal.recordsPerLook = joint.every * joint.window
            signal.keeper = .joint(joints.count)
            signal.detector = JointSettings.word
            let columns = settings.columns(of: watch.features)
            let plan = JointPlan(
                configuration: joint.configuration(
                    dimensions: columns.count, minimumEffect: watch.minimumEffect, seed: settings.seed),
                columns: columns, every: joint.every)
            joints.append((plan, signals.count, watch.features))
        }
        signals.append(signal)
    }

    /// Nil where the values are numbers.
    private func categoryCount(_ source: SignalSource) -> Int? {
        switch source {
        case .predictedClass: settings.target.classes.count
        case .category(let category): categories[category].hashes.count
        case .loss, .error, .metric, .score, .labelDelay, .number, .features, .quality: nil
        }
    }
}

extension WatchedSignal {
    /// Whether its false alarms are its detector's own affair.
    var isOutsideBudget: Bool { if case .detector = keeper { true } else { false } }
}
