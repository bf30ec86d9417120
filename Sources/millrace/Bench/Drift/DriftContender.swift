internal import DriftDetection

/// What is measured by `millrace bench drift`: a detector with its parameters, or a dummy that looks at nothing.
struct DriftContender {
    enum Kind {
        case detector(DetectorConfiguration)
        /// Reports where its evidence is enough, and starts afresh.
        case evidence(EDetectorConfiguration)
        /// What a pipeline tells of one signal: an e-detector behind the desk, with the default budget.
        case alerts
        /// Reports a window that differs.
        case distribution(DistributionTest)
        /// Reports once in so many values.
        case periodic(Int)
    }

    let name: String
    /// What isn't the library's default.
    var remark = ""
    let kind: Kind

    /// What a pipeline does by default, every detector and test, river's ADWIN at its defaults and at the same false alarms as
    /// ours, and the dummies.
    static let all: [DriftContender] =
        [defaultAlerts, DriftContender(name: "e-detector", kind: .evidence(EDetectorConfiguration()))]
        + DetectorKind.allCases.map { kind in
            kind == .adwin
                ? ownADWIN : DriftContender(name: kind.rawValue, kind: .detector(DetectorConfiguration(kind: kind)))
        }
        + DistributionTest.allCases.map { test in
            DriftContender(name: test.rawValue, remark: "windows of \(window)", kind: .distribution(test))
        } + [
            adwin("river's defaults", ADWINConfiguration()), budgetedADWIN,
            DriftContender(name: "always", kind: .periodic(1)),
            DriftContender(name: "periodic", remark: "once in 1,000", kind: .periodic(1000)),
        ]

    static let defaultAlerts = DriftContender(name: "alerts", remark: "a pipeline's default", kind: .alerts)
    static let ownADWIN = adwin("our defaults", DetectorConfiguration(kind: .adwin).adwin)
    /// Values of a test's window, as a pipeline's default has it.
    private static let window = 500

    /// The largest of the deltas 0.002, 0.001, 0.0007, 0.0005 at which river's ADWIN is silent on all stationary streams.
    static let budgetedADWIN = adwin("river's, delta 0.0007", ADWINConfiguration(delta: 0.0007))

    private static func adwin(_ remark: String, _ parameters: ADWINConfiguration) -> DriftContender {
        DriftContender(
            name: DetectorKind.adwin.rawValue, remark: remark,
            kind: .detector(DetectorConfiguration(kind: .adwin) { $0.adwin = parameters }))
    }

    /// Detectors of errors aren't given anything else.
    func takes(_ signal: DriftBenchStream.Signal) -> Bool {
        switch kind {
        case .detector(let configuration): signal == .errors || !configuration.kind.watchesErrors
        // Of two values alike their order says nothing.
        case .distribution(let test): signal == .values || !test.needsNumbers
        case .evidence, .alerts, .periodic: true
        }
    }

    /// The indexes at which it reports, in ascending order.
    func reports(_ values: [Double], of signal: DriftBenchStream.Signal) -> [Int] {
        var found: [Int] = []
        switch kind {
        case .evidence(let configuration):
            var detector = EDetector(configuration)
            for index in values.indices where detector.update(values[index]) { found.append(index) }
        case .alerts: found = alerts(values)
        case .distribution(let test):
            var watch = DistributionWatch(
                DistributionWatchConfiguration(
                    kind: signal == .errors ? .categories(2) : .numbers(bins: 10), test: test, window: Self.window))
            for index in values.indices where watch.observe(values[index]) {
                if watch.verdict?.isNotable == true { found.append(index) }
            }
        case .detector(let configuration):
            var detector = Detector(configuration)
            for index in values.indices where detector.update(values[index]) { found.append(index) }
        case .periodic(let interval):
            found = values.indices.filter { ($0 + 1).isMultiple(of: interval) }
        }
        return found
    }

    private func alerts(_ values: [Double]) -> [Int] {
        var found: [Int] = []
        var desk = AlertDesk(signals: [AlertDesk.Signal(leads: true)])
        var watch = ScalarWatch()
        for index in values.indices {
            desk.advance(time: nil)
            guard watch.observe(values[index], level: desk.levels[0]) else { continue }
            watch.heed(desk.take(watch.verdict, of: 0))
            for case .alert in desk.collect() { found.append(index) }
        }
        return found
    }
}
