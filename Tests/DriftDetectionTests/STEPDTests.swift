import DriftDetection
import Testing

@Suite struct STEPDTests {
    @Test func `a stretch without errors is no change by the paper, and one by MOA`() {
        let perfect = [Double](repeating: 0, count: 200)
        #expect(detections(DetectorConfiguration(kind: .stepd), perfect).isEmpty)
        #expect(detections(DetectorConfiguration(kind: .stepdMOA), perfect) == [59, 119, 179])
    }

    @Test func `twice the window must have come before it reports`() {
        let worse = [Double](repeating: 0, count: 30) + [Double](repeating: 1, count: 30)
        #expect(detections(DetectorConfiguration(kind: .stepd), worse) == [59])
    }

    @Test func `the quantile is the normal one`() {
        let usual = STEPD(STEPDConfiguration(driftAlpha: 0.05, warningAlpha: 0.1))
        #expect(abs(usual.threshold - 1.959964) < 1e-6)
    }
}
