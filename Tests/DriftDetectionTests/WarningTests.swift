import DriftDetection
import Testing

/// The warnings of the detectors of errors.
@Suite struct WarningTests {
    static let warning = DetectorKind.allCases.filter(\.watchesErrors)

    /// An error in five, then from 2,000 on more of them, slowly: up to every second at 4,000.
    static func errors(seed: Int) -> [Double] {
        var generator = RecipeStream(seed: seed, stream: 9)
        return (0..<4000).map { index in
            let rate = 0.2 + 0.3 * Double(max(0, index - 2000)) / 2000
            return generator.uniform() < rate ? 1 : 0
        }
    }

    @Test(arguments: warning)
    func `a detector of errors warns before it reports, and never both at once`(_ kind: DetectorKind) {
        var warnings = 0
        for seed in 1...5 {
            var detector = Detector(DetectorConfiguration(kind: kind))
            for value in Self.errors(seed: seed) {
                let reports = detector.update(value)
                let isWarning = detector.isWarning
                #expect(!(reports && isWarning))
                if reports { break }
                if isWarning { warnings += 1 }
            }
        }
        #expect(warnings > 0)
    }

    @Test(arguments: DetectorKind.allCases.filter { !$0.watchesErrors })
    func `a detector of values never warns`(_ kind: DetectorKind) {
        var detector = Detector(DetectorConfiguration(kind: kind))
        for value in Self.errors(seed: 1) {
            _ = detector.update(value)
            let isWarning = detector.isWarning
            #expect(!isWarning)
        }
    }

    @Test(arguments: warning)
    func `a value below a half is no error, and one above it is`(_ kind: DetectorKind) {
        guard kind != .hddmA, kind != .hddmAMOA, kind != .hddmAFrouros else { return }
        guard kind != .hddmW, kind != .hddmWMOA, kind != .hddmWFrouros else { return }
        let errors = Self.errors(seed: 2)
        let shifted = errors.map { $0 == 1 ? 0.75 : 0.25 }
        let configuration = DetectorConfiguration(kind: kind)
        #expect(detections(configuration, errors) == detections(configuration, shifted))
        #expect(!detections(configuration, errors).isEmpty)
    }
}
