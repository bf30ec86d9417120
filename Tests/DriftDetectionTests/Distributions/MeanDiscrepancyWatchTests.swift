import DriftDetection
import Records
import TestSupport
import Testing

@Suite struct MeanDiscrepancyWatchTests {
    static let configuration = MeanDiscrepancyConfiguration(dimensions: 3, window: 500)

    /// Three normal numbers; from `change` on the first two go together, and each alone is as before.
    static func rows(seed: Int, count: Int = 4000, change: Int = 3000) -> [[Float]] {
        var generator = RecipeStream(seed: seed, stream: 40)
        return (0..<count).map { index in
            let (first, second) = (generator.nearlyGaussian(mean: 0), generator.nearlyGaussian(mean: 0))
            let together = 0.8 * first + 0.6 * second
            return [Float(first), Float(index < change ? second : together), Float(generator.nearlyGaussian(mean: 7))]
        }
    }

    static func observe(_ row: [Float], _ watch: inout MeanDiscrepancyWatch) -> Bool {
        row.withUnsafeBufferPointer { watch.observe($0) }
    }

    static func verdicts(_ rows: [[Float]], _ configuration: MeanDiscrepancyConfiguration = configuration)
        -> [DistributionVerdict]
    {
        var watch = MeanDiscrepancyWatch(configuration)
        return rows.compactMap { row in Self.observe(row, &watch) ? watch.verdict : nil }
    }

    static func state(_ watch: borrowing MeanDiscrepancyWatch) -> StateArchive {
        var archive = StateArchive()
        watch.save(to: &archive, under: "m")
        return archive
    }

    @Test func `two features that come to go together are found, though each alone is as before`() throws {
        for seed in 0..<5 {
            let found = Self.verdicts(Self.rows(seed: seed, count: 4200, change: 3200))
            #expect(found.count == 6)
            #expect(found[..<4].allSatisfy { !$0.isNotable && $0.pValue > 1e-4 }, "seed \(seed): \(found)")
            #expect(found[4...].allSatisfy { $0.isNotable && $0.pValue < 1e-6 }, "seed \(seed): \(found)")
        }
    }

    @Test func `chances of windows like the reference are spread over 0 to 1`() {
        // One reference for many windows makes them alike; so many references.
        var chances: [Double] = []
        for seed in 0..<100 {
            chances += Self.verdicts(Self.rows(seed: 100 + seed, count: 1700)).map(\.pValue)
        }
        #expect(chances.count == 100)
        let (low, middle) = (chances.count { $0 < 0.05 }, chances.count { $0 < 0.5 })
        #expect(low <= 12, "\(low)")
        #expect((32...68).contains(middle), "\(middle)")
    }

    @Test func `a missing value and an absurd one are no discrepancy of themselves`() throws {
        var rows = Self.rows(seed: 3, change: 10_000)
        for index in stride(from: 0, to: rows.count, by: 100) {
            rows[index][index / 100 % 3] = [.nan, .infinity, 3e38][index / 100 % 3]
        }
        #expect(Self.verdicts(rows).allSatisfy { !$0.isNotable && $0.statistic.isFinite })
    }

    @Test func `a dimension that never varied is found when it does`() {
        let rows = (0..<1700).map { index -> [Float] in [0, 5, index < 1200 || index % 2 == 0 ? 1 : 1.001] }
        let found = Self.verdicts(rows)
        #expect(found.count == 1 && found[0].isNotable, "\(found)")
    }

    @Test func `the seed decides the features and nothing else does`() {
        let rows = Self.rows(seed: 4)
        #expect(Self.verdicts(rows) == Self.verdicts(rows))
        var other = Self.configuration
        other.seed = 43
        #expect(Self.verdicts(rows) != Self.verdicts(rows, other))
    }

    @Test(arguments: [0, 1, 200, 201, 202, 203, 1199, 1200, 1300, 1700, 3100])
    func `a restored watch goes on as if it had never stopped`(after count: Int) throws {
        let rows = Self.rows(seed: 5)
        var watch = MeanDiscrepancyWatch(Self.configuration)
        for row in rows.prefix(count) { _ = Self.observe(row, &watch) }
        let saved = Self.state(watch)
        var restored = MeanDiscrepancyWatch(Self.configuration)
        for row in Self.rows(seed: 6).prefix(1777) { _ = Self.observe(row, &restored) }
        try restored.restore(from: saved, under: "m")
        #expect(Self.state(restored) == saved)
        for row in rows.dropFirst(count) {
            let (one, other) = (Self.observe(row, &watch), Self.observe(row, &restored))
            #expect(one == other)
        }
        #expect(Self.state(restored) == Self.state(watch))
    }

    @Test func `a watch that learns afresh is as new`() {
        var watch = MeanDiscrepancyWatch(Self.configuration)
        let new = Self.state(watch)
        for row in Self.rows(seed: 7) { _ = Self.observe(row, &watch) }
        watch.learnAfresh()
        #expect(Self.state(watch) == new)
    }

    @Test func `a state that can't be is refused and changes nothing`() {
        var watch = MeanDiscrepancyWatch(Self.configuration)
        for row in Self.rows(seed: 8).prefix(2000) { _ = Self.observe(row, &watch) }
        let saved = Self.state(watch)
        let spoiled: [(inout StateArchive) -> Void] = [
            { $0.put("m/counters", counters: [200, 1001, 0]) }, { $0.put("m/counters", counters: [200, 1000, 500]) },
            { $0.put("m/counters", counters: [199, 1000, 0]) }, { $0.put("m/products", doubles: [-1]) },
            { $0.put("m/scales", doubles: [Double](repeating: -1, count: 6)) },
            { $0.put("m/vectors", doubles: [Double](repeating: .nan, count: 384)) },
        ]
        for spoil in spoiled {
            var archive = saved
            spoil(&archive)
            #expect(throws: StateError.self) { try watch.restore(from: archive, under: "m") }
            #expect(Self.state(watch) == saved)
        }
    }

    @Test func `a row allocates nothing`() {
        let rows = Self.rows(seed: 9).flatMap { $0 }
        var windows = 0
        func allocations() -> Int {
            var watch = MeanDiscrepancyWatch(Self.configuration)
            return rows.withUnsafeBufferPointer { rows in
                countAllocations {
                    for index in 0..<(rows.count / 3) {
                        let row = UnsafeBufferPointer(rebasing: rows[(3 * index)..<(3 * index + 3)])
                        if watch.observe(row) { windows += 1 }
                    }
                }
            }
        }
        _ = allocations()
        #expect(allocations() == 0)
        #expect(windows == 10)
    }
}
