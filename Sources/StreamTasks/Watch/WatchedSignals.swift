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
    /// By `everyRecord`, `sampled`, `ofBlocks`: places among the signals.
    private let everyRecord: [Int]
    let sampled: [(signal: Int, every: UInt64)]
    private let ofBlocks: [Int]
    /// Those that a label has a value for, with every how manyth it is.
    private let ofLabels: [(signal: Int, every: UInt64)]
    let evidences: UnsafeMutableBufferPointer<ScalarWatch>
    let distributions: UnsafeMutableBufferPointer<DistributionWatch>
    let detectors: UnsafeMutableBufferPointer<DetectorWatch>
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
    private static let associationEvery: UInt64 = 8

    init(_ settings: PipelineSettings) {
        let plan = SignalPlan(settings)
        signals = plan.signals
        quality = plan.quality
        var (everyRecord, sampled, ofBlocks): ([Int], [(Int, UInt64)], [Int]) = ([], [], [])
        for (index, signal) in plan.signals.enumerated() {
            switch (signal.source, signal.keeper) {
            case (.quality, _): ofBlocks.append(index)
            case (.metric, _): break
            case (_, .distribution(let place)): sampled.append((index, UInt64(plan.distributions[place].every)))
            default: everyRecord.append(index)
            }
        }
        (self.everyRecord, self.sampled, self.ofBlocks) = (everyRecord, sampled, ofBlocks)
        ofLabels = (everyRecord.map { ($0, 1) } + sampled).filter { plan.signals[$0.0].source.isOfLabels }
        evidences = .allocate(capacity: plan.evidences.count)
        for (index, watch) in plan.evidences.enumerated() {
            evidences.initializeElement(
                at: index,
                to: ScalarWatch(watch.configuration, window: watch.window, minimumEffect: watch.minimumEffect))
        }
        distributions = .allocate(capacity: plan.distributions.count)
        for (index, watch) in plan.distributions.enumerated() {
            distributions.initializeElement(at: index, to: DistributionWatch(watch.configuration))
        }
        detectors = .allocate(capacity: plan.detectors.count)
        for (index, configuration) in plan.detectors.enumerated() {
            detectors.initializeElement(at: index, to: DetectorWatch(configuration))
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
        association = LossAssociation(featureCount: sampled.isEmpty ? 0 : settings.numbers.count)
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
        lastEffects.deallocate()
        newest.deallocate()
        fired.deallocate()
    }

    var isEmpty: Bool { signals.isEmpty }

    /// Takes one accepted record in; true where there is news.
    mutating func observe(_ seen: Observation, row: borrowing FeatureRow) -> Bool {
        desk.advance(time: seen.watchTime)
        places.note(number: seen.number, offset: seen.offset, time: seen.timestamp)
        for index in 0..<everyRecord.count {
            let signal = everyRecord[index]
            if let value = value(of: signal, seen, row) { take(value, of: signal, seen) }
        }
        if !sampled.isEmpty { sample(seen, row) }
        if !ofBlocks.isEmpty {
            counters.add(row, table)
            if let time = seen.watchTime { counters.add(time: time, lag: seen.lag) }
            if counters.endsBlock { endBlock(seen) }
        }
        return desk.hasNews
    }

    /// Counts a record that was refused; true where there is news.
    mutating func observeRefused(_ seen: Observation) -> Bool {
        desk.advance(time: seen.watchTime)
        places.note(number: seen.number, offset: seen.offset, time: seen.timestamp)
        guard !ofBlocks.isEmpty else { return false }
        counters.addRefused()
        if counters.endsBlock { endBlock(seen) }
        return desk.hasNews
    }

    /// Takes a label in that came by itself; true where there is news. Its record was counted, and its features and its
    /// prediction were seen, when it came.
    mutating func observe(label seen: Observation) -> Bool {
        let lot = Self.lot(seen.label ?? seen.number)
        for label in ofLabels where Self.isDrawn(lot, label.every) {
            if let value = value(ofLabel: label.signal, seen) { take(value, of: label.signal, seen) }
        }
        return desk.hasNews
    }

    /// Takes the windowed metrics in, at a window's end.
    mutating func observe(metrics: [DriftReport.Metric]) {
        for (index, signal) in signals.enumerated() {
            guard case .metric(let name) = signal.source, let metric = metrics.first(where: { $0.name == name }) else {
                continue
            }
            take(metric.value, of: index, nil)
        }
    }

    private mutating func sample(_ seen: Observation, _ row: borrowing FeatureRow) {
        let lot = Self.lot(seen.number)
        if Self.isDrawn(lot, Self.associationEvery), let loss = seen.loss { association.add(row.scalars, loss: loss) }
        for index in 0..<sampled.count where Self.isDrawn(lot, sampled[index].every) {
            let signal = sampled[index].signal
            if let value = value(of: signal, seen, row) { take(value, of: signal, seen) }
        }
    }

    /// Shares are often 0 for days: half of the minimum effect, up and down by turns, gives the detector a scale on which
    /// the first few that aren't don't look like the end of the world.
    private mutating func endBlock(_ seen: Observation) {
        let isEven = desk.record / UInt64(QualityCounters.block) % 2 == 0
        for index in 0..<ofBlocks.count {
            let signal = ofBlocks[index]
            guard case .quality(let place) = signals[signal].source, let value = counters.value(quality[place]) else {
                continue
            }
            newest[place] =
                newest[place].isNaN ? value : newest[place] + Self.newestShare * (value - newest[place])
            let jitter = (signals[signal].minimumEffect ?? 0) / 2
            take(isEven ? value + jitter : value - jitter, of: signal, seen)
        }
        counters.beginBlock()
    }

    /// Nil where the record has none; NaN where it is missing.
    @inline(__always)
    private func value(of signal: Int, _ seen: Observation, _ row: borrowing FeatureRow) -> Double? {
        switch signals[signal].source {
        case .loss: seen.loss
        case .error: seen.error
        case .labelDelay: seen.delaySeconds
        case .score: seen.prediction.score
        case .predictedClass: Double(seen.prediction.classIndex)
        case .number(let number):
            signals[signal].skipsMissing && row.scalars[number].isNaN ? nil : Double(row.scalars[number])
        case .category(let category): self.category(category, of: signal, row)
        case .metric, .quality: nil
        }
    }

    private func value(ofLabel signal: Int, _ seen: Observation) -> Double? {
        switch signals[signal].source {
        case .loss: seen.loss
        case .error: seen.error
        case .labelDelay: seen.delaySeconds
        case .metric, .score, .predictedClass, .number, .category, .quality: nil
        }
    }

    private func category(_ category: Int, of signal: Int, _ row: borrowing FeatureRow) -> Double? {
        guard let index = table.index(of: category, in: row) else { return signals[signal].skipsMissing ? nil : .nan }
        let isUndeclared = index == table.plans[category].hashes.count
        return isUndeclared && signals[signal].skipsUndeclared ? nil : Double(index)
    }

    /// Hands a signal its next value, and the desk what comes of it.
    @inline(__always)
    private mutating func take(_ value: Double, of signal: Int, _ seen: Observation?) {
        switch signals[signal].keeper {
        case .evidence(let place):
            let isDue = evidences[place].observe(value)
            guard isDue || evidences[place].evidence >= desk.level(of: signal) else { return }
            let action = desk.take(verdict(of: evidences[place].verdict, signal), of: signal)
            evidences[place].heed(action)
            if action == .open { fired[signal] = true }
        case .distribution(let place):
            if distributions[place].observe(value) { endWindow(of: signal, place) }
        case .detector(let place):
            let isDue = detectors[place].observe(value)
            if detectors[place].firesNow { fired[signal] = true }
            guard isDue else { return }
            detectors[place].heed(desk.take(verdict(of: detectors[place].verdict, signal), of: signal))
        }
    }

    /// A window of a test has ended: rare, so it may allocate.
    private mutating func endWindow(of signal: Int, _ place: Int) {
        guard let found = distributions[place].signalVerdict else { return }
        var verdict = verdict(of: found, signal)
        let last = lastEffects[place]
        verdict.hasSettled = last >= 0 && abs(verdict.effect - last) < verdict.minimumEffect
        lastEffects[place] = verdict.effect
        let action = desk.take(verdict, of: signal)
        switch action {
        case .none: break
        case .open: fired[signal] = true
        case .recover(.settled, _, _):
            distributions[place].learnAfresh()
            lastEffects[place] = -1
        case .recover(.returned, _, _): break
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
