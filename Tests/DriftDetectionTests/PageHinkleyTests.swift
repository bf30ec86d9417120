import DriftDetection
import Testing

@Suite struct PageHinkleyTests {
    private func reports(_ mode: PageHinkleyConfiguration.Mode, from old: Double, to new: Double) -> Bool {
        var detector = PageHinkley(PageHinkleyConfiguration(threshold: 20, mode: mode))
        var generator = RecipeStream(seed: 1, stream: 9)
        var reported = false
        for index in 0..<1500 {
            reported = detector.update((index < 1000 ? old : new) + 0.1 * generator.uniform()) || reported
        }
        return reported
    }

    @Test func `each mode reports its own direction`() {
        #expect(reports(.up, from: 0, to: 1))
        #expect(!reports(.up, from: 1, to: 0))
        #expect(reports(.down, from: 1, to: 0))
        #expect(!reports(.down, from: 0, to: 1))
        #expect(reports(.both, from: 0, to: 1))
        #expect(reports(.both, from: 1, to: 0))
    }

    @Test func `nothing is reported before the least number of values`() {
        let configuration = PageHinkleyConfiguration(minimumValues: 50, threshold: 1)
        let values = (0..<100).map { Double($0) }
        for kind in [DetectorKind.pageHinkley, .pageHinkleyMOA] {
            let found = detections(DetectorConfiguration(kind: kind) { $0.pageHinkley = configuration }, values)
            let first = found.first ?? -1
            #expect(first >= 48 && first <= 49, "\(kind)")
        }
    }

    @Test func `after a report the mean starts afresh`() {
        var detector = PageHinkley(PageHinkleyConfiguration(threshold: 10))
        var index = 0
        while !detector.update(index < 500 ? 0 : 1) { index += 1 }
        #expect(detector.estimate < 0.5)
        _ = detector.update(1)
        #expect(detector.estimate == 1)
    }
}
