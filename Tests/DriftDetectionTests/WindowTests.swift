import DriftDetection
import Records
import TestSupport
import Testing

@Suite struct WindowTests {
    @Test func `mean and deviation are those of the window's values`() throws {
        var window = ScalarWindow()
        var generator = RecipeStream(seed: 1, stream: 9)
        #expect(window.mean == nil && window.deviation == nil)
        let values = (0..<1000).map { _ in 1e6 + generator.nearlyGaussian(mean: 0) }
        for value in values { window.add(value) }
        let mean = values.reduce(0, +) / 1000
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1000
        #expect(abs(try #require(window.mean) - mean) < 1e-8)
        #expect(abs(try #require(window.deviation) - variance.squareRoot()) < 1e-10)
        window.reset()
        #expect(window.count == 0 && window.mean == nil)
    }

    @Test func `a value that isn't finite is left out`() {
        var window = ScalarWindow()
        for value in [Double.nan, 2, .infinity, 4, -.infinity, 1e300] { window.add(value) }
        #expect(window.count == 2)
        #expect(window.mean == 3)
        #expect(window.deviation == 1)
    }

    @Test func `each feature has its own count, mean, deviation and missing rate`() {
        var window = FeatureWindow(featureCount: 3)
        for row: [Float] in [[1, .nan, 5], [3, .nan, .infinity], [5, .nan, 7], [7, 2, 9]] { add(row, to: &window) }
        #expect(window.records == 4)
        #expect(missing(window) == [0, 3, 1])
        #expect(missingRates(window) == [0, 0.75, 0.25])
        #expect(means(window) == [4, 2, 7])
        #expect(window.deviation(0) == 5.0.squareRoot())
        #expect(window.deviation(1) == 0)
        window.reset()
        #expect(window.records == 0 && window.mean(0) == nil && window.deviation(0) == nil)
        #expect(window.missingRate(0) == nil)
        add([.nan, 1, 2], to: &window)
        #expect(means(window) == [nil, 1, 2])
    }

    @Test func `a restored window goes on as if it had never stopped`() throws {
        var window = FeatureWindow(featureCount: 2)
        var restored = FeatureWindow(featureCount: 2)
        var scalar = ScalarWindow()
        var restoredScalar = ScalarWindow()
        for index in 0..<10 {
            add([Float(index), index % 3 == 0 ? .nan : 1], to: &window)
            scalar.add(Double(index))
        }
        var saved = StateArchive()
        window.save(to: &saved, under: "features")
        scalar.save(to: &saved, under: "loss")
        add([9, 9], to: &restored)
        try restored.restore(from: saved, under: "features")
        try restoredScalar.restore(from: saved, under: "loss")
        var again = StateArchive()
        restored.save(to: &again, under: "features")
        restoredScalar.save(to: &again, under: "loss")
        #expect(again == saved)
        add([100, 100], to: &window)
        add([100, 100], to: &restored)
        #expect(window.deviation(0) == restored.deviation(0))
        #expect(restored.missing(1) == 4)
        #expect(restoredScalar.mean == 4.5)
    }

    @Test func `a state of another number of features is refused`() {
        var saved = StateArchive()
        FeatureWindow(featureCount: 3).save(to: &saved, under: "f")
        var window = FeatureWindow(featureCount: 2)
        #expect(throws: StateError.wrongCount(name: "f/sums", found: 12, expected: 8)) {
            try window.restore(from: saved, under: "f")
        }
    }

    @Test func `adding a row allocates nothing`() {
        var window = FeatureWindow(featureCount: 28)
        var scalar = ScalarWindow()
        let row = [Float](repeating: 1.5, count: 28)
        let allocations = row.withUnsafeBufferPointer { row in
            countAllocations {
                for index in 0..<1000 {
                    window.add(row)
                    scalar.add(Double(index))
                }
            }
        }
        #expect(allocations == 0)
        #expect(window.records == 1000 && scalar.count == 1000)
    }

    private func missing(_ window: borrowing FeatureWindow) -> [UInt64] {
        [window.missing(0), window.missing(1), window.missing(2)]
    }

    private func missingRates(_ window: borrowing FeatureWindow) -> [Double?] {
        [window.missingRate(0), window.missingRate(1), window.missingRate(2)]
    }

    private func means(_ window: borrowing FeatureWindow) -> [Double?] {
        [window.mean(0), window.mean(1), window.mean(2)]
    }

    private func add(_ row: [Float], to window: inout FeatureWindow) {
        row.withUnsafeBufferPointer { window.add($0) }
    }
}
