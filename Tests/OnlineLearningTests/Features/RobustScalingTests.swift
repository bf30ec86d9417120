import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct RobustScalingTests {
    private func statistics(_ values: [Float]) -> FeatureStatistics {
        var scaler = FeatureScaler(features: [FeatureDeclaration(name: "a", scaling: .robust)])
        for value in values { scaler.update([value]) }
        return scaler.statistics(of: 0)
    }

    @Test func `up to nine values the quartiles are exact`() {
        #expect(statistics([5]).mean == 5 && statistics([5]).spread == 0)
        #expect(statistics([3, 1]).mean == 2 && statistics([3, 1]).spread == 1)
        let nine = statistics([9, 1, 8, 2, 7, 3, 6, 4, 5])
        #expect(nine.mean == 5 && nine.spread == 4)
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `quartiles of long streams are near the true ones`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let uniform = (0..<20_000).map { _ in Float.random(in: 0...1, using: &generator) }
        // The second one has a long tail.
        for values in [uniform, uniform.map { 1 / (1.001 - $0) }] {
            let sorted = values.sorted()
            let found = statistics(values)
            let quartiles = Double(sorted[15_000] - sorted[5_000])
            #expect(abs(found.mean - Double(sorted[10_000])) < 0.03 * quartiles, "seed \(seed)")
            #expect(abs(found.spread - quartiles) < 0.05 * quartiles, "seed \(seed)")
        }
    }

    @Test func `a few extremes move nothing`() {
        var generator = SplitMix64(seed: 4)
        let values = (0..<5000).map { Float($0 % 100 == 99 ? 1e30 : Double.random(in: -1...1, using: &generator)) }
        let found = statistics(values)
        #expect(abs(found.mean) < 0.1 && abs(found.spread - 1) < 0.1)
    }

    @Test func `where half of all values are the same the range counts, and a constant is 0`() {
        #expect(statistics([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4]).spread > 0)
        var scaler = FeatureScaler(features: [FeatureDeclaration(name: "a", scaling: .robust)])
        for _ in 0..<20 { scaler.update([3]) }
        #expect(scaler.transform([7]) == [0])
    }
}
