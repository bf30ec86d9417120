internal import DriftDetection
internal import OnlineLearning
internal import Records
internal import Settings

/// All signals that the settings name, each with what holds it against what it was, and the desk that says what becomes an
/// alert.
///
/// - Cost: a record costs each e-detector and each classical detector one update; a test over windows writes one value down
///   now and then; quality is counted, and looked at once a block. Nothing is allocated until a test's window ends or there
///   is news.
struct WatchedSignals: ~Copyable {
    let signals: [WatchedSignal]
    let quality: [QualityValue]
    private let ofRecords: [RecordSignals]
    /// Those of them that a label has a value for.
    private let ofLabels: [RecordSignals]
    private let ofBlocks: [BlockSignal]
    private let ofMetrics: [(name: String, signal: RecordSignal)]
    /// Whether shifts of features are looked for: then it is learned what the loss has to do with them.
    private let learnsAssociation: Bool
    let evidences: UnsafeMutableBufferPointer<ScalarWatch>
    let distributions: UnsafeMutableBufferPointer<DistributionWatch>
    let detectors: UnsafeMutableBufferPointer<DetectorWatch>
    let joints: UnsafeMutableBufferPointer<JointWatch>
    let exceedances: UnsafeMutableBufferPointer<ExceedanceWatch>
    /// Of each distribution: its effect a window ago; negative before the first.
    let lastEffects: UnsafeMutableBufferPointer<Double>
    /// Of each signal of the quality: its mean over the last handful of blocks, faded; NaN before the first.
    let newest: UnsafeMutableBufferPointer<Double>
    /// Of each signal: whether its detector reported, or its episode began, since the evaluation's window did.
    let fired: UnsafeMutableBufferPointer<Bool>
    let table: CategoryTable
    var counters: QualityCounters
    var association: LossAssociation
    var places = PlaceRing()
    var desk: AlertDesk

    /// What the newest block is worth in `newest`.
    private static let newestShare = 0.125
    /// One row in so many says what the loss has to do with the features.
    private static let associationEvery: UInt64 = 32

    init(_ settings: PipelineSettings) {
        let plan = SignalPlan(settings)
        signals = plan.signals
        quality = plan.quality
        var ofRecords: [(signal: RecordSignal, every: UInt64)] = []
        var ofBlocks: [BlockSignal] = []
        var ofMetrics: [(name: String, signal: RecordSignal)] = []
        for (index, signal) in plan.signals.enumerated() {
            let record = RecordSignal(signal, at: index)
            switch (signal.source, signal.keeper) {
            case (.quality(let place), _):
                ofBlocks.append(
                    BlockSignal(
                        signal: record, value: plan.quality[place], place: place,
                        jitter: (signal.minimumEffect ?? 0) / 2))
            case (.metric(let name), _): ofMetrics.append((name, record))
            case (_, .distribution(let place)): ofRecords.append((record, UInt64(plan.distributions[place].every)))
            case (.features, _): break
            default: ofRecords.append((record, 1))
            }
        }
        self.ofRecords = RecordSignals.grouped(ofRecords)
        ofLabels = RecordSignals.grouped(ofRecords.filter(\.signal.isOfLabels))
        (self.ofBlocks, self.ofMetrics) = (ofBlocks, ofMetrics)
        learnsAssociation = !plan.distributions.isEmpty
        evidences = .allocate(capacity: plan.evidences.count)
        for (index, watch) in plan.evidences.enumerated() {
            evidences.initializeElement(
                at: index,
                to: ScalarWatch(watch.configuration, window: watch.window, minimumEffect: watch.minimumEffect))
        }
        distributions = .allocate(capacity: plan.distributions.count)
        for signal in plan.signals {
            guard case .distribution(let place) = signal.keeper else { continue }
            distributions.initializeElement(at: place, to: plan.distributions[place].watch(for: signal))
        }
        detectors = .allocate(capacity: plan.detectors.count)
        for (index, configuration) in plan.detectors.enumerated() {
            detectors.initializeElement(at: index, to: DetectorWatch(configuration))
        }
        joints = .allocate(capacity: plan.joints.count)
        for (index, joint) in plan.joints.enumerated() {
            joints.initializeElement(at: index, to: JointWatch(joint.plan, signal: joint.signal))
        }
        exceedances = .allocate(capacity: plan.exceedances.count)
        for (index, watch) in plan.exceedances.enumerated() {
            exceedances.initializeElement(
                at: index,
                to: ExceedanceWatch(
                    reference: watch.settings.reference, quantile: watch.settings.quantile, window: SignalPlan.window,
                    minimumEffect: watch.minimumEffect))
        }
        lastEffects = .allocate(capacity: plan.distributions.count)
        lastEffects.initialize(repeating: -1)
        newest = .allocate(capacity: plan.quality.count)
        newest.initialize(repeating: .nan)
        fired = .allocate(capacity: plan.signals.count)
        fired.initialize(repeating: false)
        table = CategoryTable(plan.categories)
        counters = QualityCounters(
            features: settings.features.count, numbers: settings.numbers.count, categories: plan.categories.count)
        association = LossAssociation(featureCount: plan.distributions.isEmpty ? 0 : settings.numbers.count)
        // A desk has at least one signal; where nothing is watched it is never asked.
        desk = AlertDesk(
            signals: plan.signals.isEmpty ? [AlertDesk.Signal()] : plan.shares, policy: settings.alerts.policy,
            budget: settings.alerts.budget, mostAlerts: settings.alerts.most)
    }

    deinit {
        evidences.deinitialize()
        evidences.deallocate()
        distributions.deinitialize()
        distributions.deallocate()
        detectors.deinitialize()
        detectors.deallocate()
        joints.deinitialize()
        joints.deallocate()
        exceedances.deinitialize()
        exceedances.deallocate()
        lastEffects.deallocate()
        newest.deallocate()
        fired.deallocate()
    }

    var isEmpty: Bool { signals.isEmpty }

    /// Takes one accepted record in; true where there is news.
    mutating func observe(_ seen: Observation, row: borrowing FeatureRow) -> Bool {
        desk.advance(time: seen.watchTime)
        places.note(number: seen.number, offset: seen.offset, time: seen.timestamp)
        let lot = Self.lot(seen.number)
        if learnsAssociation, Self.isDrawn(lot, Self.associationEvery), let loss = seen.loss {
            association.add(row.scalars, loss: loss)
        }
        for group in 0..<ofRecords.count where Self.isDrawn(lot, ofRecords[group].every) {
            for index in 0..<ofRecords[group].signals.count {
                let signal = ofRecords[group].signals[index]
                if let value = value(of: signal, seen, row) { take(value, of: signal) }
            }
        }
        for index in 0..<joints.count where Self.isDrawn(lot, joints[index].every) {
            if joints[index].observe(row.columns) { endWindow(ofJoint: index) }
        }
        if !ofBlocks.isEmpty {
            counters.add(row, table)
            if let time = seen.watchTime { counters.add(time: time, lag: seen.lag) }
            if counters.endsBlock { endBlock() }
        }
        return desk.hasNews
    }

    /// Counts a record that was refused; true where there is news.
    mutating func observeRefused(_ seen: Observation) -> Bool {
        desk.advance(time: seen.watchTime)
        places.note(number: seen.number, offset: seen.offset, time: seen.timestamp)
        guard !ofBlocks.isEmpty else { return false }
        counters.addRefused()
        if counters.endsBlock { endBlock() }
        return desk.hasNews
    }

    /// Takes a label in that came by itself; true where there is news. Its record was counted, and its features and its
    /// prediction were seen, when it came.
    mutating func observe(label seen: Observation) -> Bool {
        let lot = Self.lot(seen.label ?? seen.number)
        for group in ofLabels where Self.isDrawn(lot, group.every) {
            for signal in group.signals {
                if let value = signal.value(of: seen) { take(value, of: signal) }
            }
        }
        return desk.hasNews
    }

    /// Takes the windowed metrics in, at a window's end.
    mutating func observe(metrics: [DriftReport.Metric]) {
        for (name, signal) in ofMetrics {
            if let metric = metrics.first(where: { $0.name == name }) { take(metric.value, of: signal) }
        }
    }

    /// Shares are often 0 for days: half of the minimum effect, up and down by turns, gives the detector a scale on which
    /// the first few that aren't don't look like the end of the world.
    private mutating func endBlock() {
        let isEven = desk.record / UInt64(QualityCounters.block) % 2 == 0
        for index in 0..<ofBlocks.count {
            let block = ofBlocks[index]
            guard let value = counters.value(block.value) else { continue }
            let mean = newest[block.place]
            newest[block.place] = mean.isNaN ? value : mean + Self.newestShare * (value - mean)
            take(isEven ? value + block.jitter : value - block.jitter, of: block.signal)
        }
        counters.beginBlock()
    }

    /// Nil where the record has none; NaN where it is missing.
    @inline(__always)
    private func value(of signal: RecordSignal, _ seen: Observation, _ row: borrowing FeatureRow) -> Double? {
        switch signal.value {
        case .number:
            let value = row.scalars[signal.column]
            return signal.skipsMissing && value.isNaN ? nil : Double(value)
        case .category: return category(of: signal, row)
        case .loss, .error, .labelDelay, .score, .predictedClass, .given: return signal.value(of: seen)
        }
    }

    private func category(of signal: RecordSignal, _ row: borrowing FeatureRow) -> Double? {
        guard let index = table.index(of: signal.column, in: row) else { return signal.skipsMissing ? nil : .nan }
        let isUndeclared = index == table.plans[signal.column].hashes.count
        return isUndeclared && signal.skipsUndeclared ? nil : Double(index)
    }

    /// Hands a signal its next value, and the desk what comes of it.
    @inline(__always)
    private mutating func take(_ value: Double, of signal: RecordSignal) {
        switch signal.keeper {
        case .evidence:
            guard evidences[signal.place].observe(value, level: desk.levels[signal.signal]) else { return }
            hear(evidence: signal)
        case .distribution:
            if distributions[signal.place].observe(value) { endWindow(of: signal.signal, signal.place) }
        case .detector:
            let isDue = detectors[signal.place].observe(value)
            if detectors[signal.place].firesNow { fired[signal.signal] = true }
            if isDue { hear(detector: signal) }
        case .exceedance:
            guard exceedances[signal.place].observe(value, level: desk.levels[signal.signal]) else { return }
            hear(exceedance: signal)
        case .joint: break
        }
    }

    private mutating func hear(evidence signal: RecordSignal) {
        let verdict = verdict(of: evidences[signal.place].verdict, signal.signal)
        let action = desk.take(verdict, of: signal.signal)
        evidences[signal.place].heed(action)
        if action == .open { fired[signal.signal] = true }
    }

    private mutating func hear(exceedance signal: RecordSignal) {
        let verdict = verdict(of: exceedances[signal.place].verdict, signal.signal)
        let action = desk.take(verdict, of: signal.signal)
        exceedances[signal.place].heed(action)
        if action == .open { fired[signal.signal] = true }
    }

    private mutating func hear(detector signal: RecordSignal) {
        let verdict = verdict(of: detectors[signal.place].verdict, signal.signal)
        detectors[signal.place].heed(desk.take(verdict, of: signal.signal))
    }

    /// A window of a test has ended: rare, so it may allocate.
    private mutating func endWindow(of signal: Int, _ place: Int) {
        guard let found = distributions[place].signalVerdict else { return }
        var verdict = verdict(of: found, signal)
        verdict.hasSettled = verdict.standsStill(since: lastEffects[place])
        lastEffects[place] = verdict.effect
        guard hear(verdict, of: signal) else { return }
        distributions[place].learnAfresh()
        lastEffects[place] = -1
    }

    private mutating func endWindow(ofJoint place: Int) {
        let signal = joints[place].signal
        guard let found = joints[place].endWindow() else { return }
        if hear(verdict(of: found, signal), of: signal) { joints[place].learnAfresh() }
    }

    /// What a window says.
    /// - Returns: true where its signal has found a new level, which is the reference from now on.
    private mutating func hear(_ verdict: SignalVerdict, of signal: Int) -> Bool {
        switch desk.take(verdict, of: signal) {
        case .none, .recover(.returned, _, _): return false
        case .open:
            fired[signal] = true
            return false
        case .recover(.settled, _, _): return true
        }
    }

    /// The same number draws the same lot, wherever the task was restored.
    /// - Source: the finalizer of SplitMix64 (Steele, Lea and Flood 2014).
    @inline(__always)
    private static func lot(_ number: UInt64) -> UInt64 {
        var mixed = number &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return (mixed ^ (mixed >> 31)) >> 32
    }

    /// Whether the lot falls on one record in so many.
    @inline(__always)
    private static func isDrawn(_ lot: UInt64, _ every: UInt64) -> Bool { (lot &* every) >> 32 == 0 }
}
