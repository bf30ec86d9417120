import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct StatisticsMergeTests {
    private func statistics(_ scaling: ScalingKind, of values: some Sequence<Double>) -> FeatureStatistics {
        values.reduce(into: FeatureStatistics()) { scaling.update(&$0, with: $1) }
    }

    @Test(arguments: ScalingKind.allCases.filter { $0 != .exponential })
    func `statistics of parts, put together, are those of the whole`(scaling: ScalingKind) {
        var random = SplitMix64(seed: 61)
        for _ in 0..<50 {
            let values = (0..<Int.random(in: 1...400, using: &random)).map { _ in
                1e6 + Double(Float.random(in: -3...3, using: &random))
            }
            let parts = Int.random(in: 1...9, using: &random)
            let whole = statistics(scaling, of: values)
            var sum = scaling.part(FeatureStatistics())
            for part in 0..<parts {
                // Some parts have seen nothing.
                let own = values.indices.filter { $0 % parts == part }.map { values[$0] }
                scaling.merge(statistics(scaling, of: own), into: &sum)
            }
            #expect(sum.count == whole.count)
            #expect(abs(sum.mean - whole.mean) <= 1e-14 * abs(whole.mean))
            #expect(abs(sum.spread - whole.spread) <= 1e-9 * abs(whole.spread))
            #expect(sum.extreme == whole.extreme)
        }
    }

    @Test func `faded statistics are mixed in the proportion of the values that they still know`() {
        let scaling = ScalingKind.exponential
        // Both have seen more than 1 / 0.01 values: they weigh the same, however long ago that was.
        var sum = scaling.part(statistics(scaling, of: repeatElement(0, count: 10_000)))
        scaling.merge(statistics(scaling, of: repeatElement(10, count: 100)), into: &sum)
        #expect(sum.mean == 5)
        #expect(sum.spread == 25)
        // A quarter of the weight.
        var young = scaling.part(statistics(scaling, of: repeatElement(0, count: 300)))
        scaling.merge(statistics(scaling, of: repeatElement(8, count: 25)), into: &young)
        #expect(abs(young.mean - 1.6) < 1e-12)
        #expect(abs(young.spread - 0.2 * 0.8 * 64) < 1e-12)
        scaling.merge(FeatureStatistics(), into: &young)
        #expect(abs(young.mean - 1.6) < 1e-12)
    }

    @Test(arguments: ScalingKind.allCases)
    func `what finite values give is sound, and stays finite when merged`(scaling: ScalingKind) {
        let largest = Double(Float.greatestFiniteMagnitude)
        let low = statistics(scaling, of: repeatElement(-largest, count: 1_000))
        let high = statistics(scaling, of: (0..<1_000).map { $0 % 2 == 0 ? largest : -largest })
        var sum = scaling.part(FeatureStatistics())
        for part in [low, high, FeatureStatistics(), statistics(scaling, of: [0])] {
            #expect(scaling.isSound(part))
            scaling.merge(part, into: &sum)
        }
        #expect(scaling.isSound(sum))
        #expect(scaling.scale(largest, sum).isFinite)
    }

    @Test(arguments: ScalingKind.allCases)
    func `what no finite values give isn't sound`(scaling: ScalingKind) {
        let sound = statistics(scaling, of: [1, 2, 3])
        for wrong in [Double.nan, .infinity, -.infinity, -1e300, 1e300] {
            for part in [\FeatureStatistics.count, \.mean, \.spread, \.extreme] {
                var statistics = sound
                statistics[keyPath: part] = wrong
                #expect(!scaling.isSound(statistics), "\(wrong)")
            }
        }
        var backwards = sound
        backwards.spread = 5
        backwards.extreme = 4
        #expect(scaling == .minMax || scaling == .maxAbs || scaling == .none ? !scaling.isSound(backwards) : true)
    }
}
