import DriftDetection
import Testing

/// What the default detector owes: no false alarm on streams that stand still, and no later than ADWIN on those that
/// change.
@Suite struct EDetectorGoalTests {
    static let seeds = 0..<30

    @Test(arguments: [1, 2])
    func `no false alarm in 200,000 stationary records on each of 30 seeds`(stream: Int) {
        for seed in Self.seeds {
            var generator = RecipeStream(seed: seed, stream: stream)
            var detector = EDetector()
            for index in 0..<200_000 {
                let value = stream == 1 ? (generator.uniform() < 0.2 ? 1 : 0) : generator.nearlyGaussian(mean: 0)
                if detector.update(value) { Issue.record("seed \(seed), value \(index)") }
            }
        }
    }

    /// The medians are those of river's ADWIN on the same streams; 143 is the one the goal names.
    @Test(arguments: [("bern_abrupt", 1, 143), ("gauss_abrupt", 2, 143)])
    func `the median delay after a change is no longer than that of ADWIN`(name: String, stream: Int, most: Int) {
        var delays = Self.seeds.map { seed in
            let values = RecipeStream.values(name, seed: seed, stream: stream, count: 15_000, changePoint: 10_000)
            return (EDetectorTests.reports(values).first ?? 15_000) - 10_000
        }
        delays.sort()
        #expect(delays[0] >= 0)
        #expect(delays[delays.count / 2] <= most, "\(delays)")
        #expect(delays[delays.count - 1] < 600, "\(delays)")
    }

    @Test func `the errors of a model on the electricity stream, which come in runs, don't storm`() throws {
        for vectors in try DriftVectors.all() {
            let errors = try vectors.electricityErrors()
            #expect(EDetectorTests.reports(errors).count <= 3)
        }
    }

    @Test(arguments: [0.5, 0.9])
    func `a stream whose neighbours are alike gives no alarm until it changes`(correlation: Double) {
        let own = (1 - correlation * correlation).squareRoot()
        for seed in 0..<5 {
            var generator = RecipeStream(seed: seed, stream: 12)
            var level = 0.0
            let values = (0..<60_000).map { index in
                level = correlation * level + own * generator.nearlyGaussian(mean: 0)
                return index < 50_000 ? level : level + 1
            }
            let found = EDetectorTests.reports(values).first ?? 0
            #expect((50_000..<52_000).contains(found), "seed \(seed): \(found)")
        }
    }

    @Test func `rare events and wild values give no false alarm either`() {
        for seed in 0..<5 {
            var generator = RecipeStream(seed: seed, stream: 13)
            let rare = (0..<50_000).map { _ in generator.uniform() < 0.001 ? 1.0 : 0 }
            #expect(EDetectorTests.reports(rare).isEmpty, "rare, seed \(seed)")
            // The ratio of two such numbers has no mean at all.
            let wild = (0..<50_000).map { _ in
                generator.nearlyGaussian(mean: 0) / generator.nearlyGaussian(mean: 0)
            }
            #expect(EDetectorTests.reports(wild).isEmpty, "wild, seed \(seed)")
        }
    }
}
