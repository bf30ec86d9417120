internal import DriftDetection

/// What is measured by `millrace bench drift`: a detector with its parameters, or a dummy that looks at nothing.
struct DriftContender {
    enum Kind {
        case detector(DetectorConfiguration)
        /// Reports once in so many values.
        case periodic(Int)
    }

    let name: String
    /// What isn't the library's default.
    var remark = ""
    let kind: Kind

    /// Every detector, river's ADWIN at its defaults and at the same false alarms as ours, and the dummies.
    static let all: [DriftContender] =
        DetectorKind.allCases.map { kind in
            let remark = kind == .adwin ? "our defaults" : ""
            return DriftContender(
                name: kind.rawValue, remark: remark, kind: .detector(DetectorConfiguration(kind: kind)))
        } + [
            adwin("river's defaults", ADWINConfiguration()), budgetedADWIN,
            DriftContender(name: "always", kind: .periodic(1)),
            DriftContender(name: "periodic", remark: "once in 1,000", kind: .periodic(1000)),
        ]

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
        case .periodic: true
        }
    }

    /// The indexes at which it reports, in ascending order.
    func reports(_ values: [Double]) -> [Int] {
        var found: [Int] = []
        switch kind {
        case .detector(let configuration):
            var detector = Detector(configuration)
            for index in values.indices where detector.update(values[index]) { found.append(index) }
        case .periodic(let interval):
            found = values.indices.filter { ($0 + 1).isMultiple(of: interval) }
        }
        return found
    }
}
