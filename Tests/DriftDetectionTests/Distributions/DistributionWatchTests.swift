import DriftDetection
import Records
import TestSupport
import Testing

@Suite struct DistributionWatchTests {
    typealias Configuration = DistributionWatchConfiguration

    static let configurations =
        DistributionTest.allCases.map { Configuration(test: $0, reference: .first(500), window: 200) } + [
            Configuration(test: .kolmogorovSmirnov, reference: .rolling(500), window: 200),
            Configuration(kind: .categories(4), test: .chiSquared, reference: .first(500), window: 200),
            Configuration(kind: .categories(4), test: .jensenShannon, reference: .rolling(500), window: 200),
        ]

    /// Numbers about 0, then about 1; of categories, another one becomes frequent.
    static func stream(_ configuration: Configuration, seed: Int, count: Int = 3000, change: Int = 1500) -> [Double] {
        var generator = RecipeStream(seed: seed, stream: 9)
        return (0..<count).map { index in
            let number = generator.nearlyGaussian(mean: index < change ? 0 : 1)
            if generator.uniform() < 0.05 { return .nan }
            guard case .categories = configuration.kind else { return number }
            return number < -0.5 ? 0 : number < 0.5 ? 1 : number < 1.5 ? 2 : 3
        }
    }

    static func state(_ watch: borrowing DistributionWatch) -> StateArchive {
        var archive = StateArchive()
        watch.save(to: &archive, under: "w")
        return archive
    }

    static func verdict(_ watch: borrowing DistributionWatch) throws -> DistributionVerdict {
        let verdict = watch.verdict
        return try #require(verdict)
    }

    /// The verdicts, and after how many values each came.
    static func verdicts(_ configuration: Configuration, _ values: [Double]) -> [(at: Int, DistributionVerdict)] {
        var watch = DistributionWatch(configuration)
        var found: [(at: Int, DistributionVerdict)] = []
        for (index, value) in values.enumerated() where watch.observe(value) {
            if let verdict = watch.verdict { found.append((at: index + 1, verdict)) }
        }
        return found
    }

    @Test(arguments: configurations)
    func `a window that is like the reference is no finding, one that isn't is`(_ configuration: Configuration) {
        var chances: [Double] = []
        for seed in 0..<20 {
            for (at, verdict) in Self.verdicts(configuration, Self.stream(configuration, seed: seed)) {
                if at <= 1500 {
                    chances.append(verdict.pValue)
                    #expect(verdict.pValue > 1e-5, "seed \(seed), \(at): \(verdict)")
                } else if at == 1700 {
                    #expect(verdict.isNotable && verdict.pValue < 1e-6, "seed \(seed), \(at): \(verdict)")
                }
            }
        }
        // Chances of true nulls are spread over 0 to 1, not heaped below.
        #expect(chances.count == 100)
        #expect(chances.count { $0 < 0.1 } < 30 && chances.count { $0 > 0.5 } > 15, "\(chances)")
    }

    @Test func `a rolling reference gets used to what is new, a fixed one doesn't`() {
        let fixed = Configuration(reference: .first(500), window: 250)
        let rolling = Configuration(reference: .rolling(500), window: 250)
        let values = Self.stream(fixed, seed: 3)
        let shifted = Self.verdicts(fixed, values).filter { $0.at > 1500 }
        #expect(shifted.count { $0.1.isNotable } == 6)
        let notable = Self.verdicts(rolling, values).filter(\.1.isNotable).map(\.at)
        #expect(notable.allSatisfy { (1501...2250).contains($0) } && !notable.isEmpty, "\(notable)")
    }

    @Test func `a reference may be given beforehand`() throws {
        let configuration = Configuration(reference: .first(2), window: 200)
        let values = Self.stream(configuration, seed: 4)
        guard var watch = DistributionWatch(configuration, reference: Array(values.prefix(1000))) else {
            Issue.record("no watch")
            return
        }
        let isNone = DistributionWatch(configuration, reference: [1]) == nil
        #expect(isNone)
        let isReady = watch.isReady
        #expect(isReady)
        var ends = 0
        for value in values[1000..<1400] where watch.observe(value) { ends += 1 }
        #expect(ends == 2)
        let before = try Self.verdict(watch)
        #expect(before.pValue > 0.001)
        for value in values[1500..<1700] { _ = watch.observe(value) }
        let after = try Self.verdict(watch)
        #expect(after.isNotable)
    }

    @Test func `the histograms have the same bins, and the missing one of their own`() {
        var watch = DistributionWatch(Configuration(kind: .numbers(bins: 4), reference: .first(8), window: 4))
        for value in [1, 2, 3, 4, 5, 6, 7, 8] as [Double] { _ = watch.observe(value) }
        let none = watch.histograms()
        #expect(none == nil)
        for value in [0, 2, .nan, 100] as [Double] { _ = watch.observe(value) }
        let found = watch.histograms()
        #expect(found == HistogramPair(edges: [2, 4, 6], reference: [2, 2, 2, 2, 0], current: [2, 0, 0, 1, 1]))
    }

    @Test func `new categories and missing ones are counted apart`() {
        let configuration = Configuration(
            kind: .categories(2), test: .chiSquared, reference: .first(6), window: 4)
        var watch = DistributionWatch(configuration)
        for value in [0, 1, 0, 1, 0, .nan, 5, 2, 1, .infinity] as [Double] { _ = watch.observe(value) }
        let found = watch.histograms()
        #expect(found == HistogramPair(edges: [0, 1], reference: [3, 2, 0, 1], current: [0, 1, 2, 1]))
    }

    @Test(arguments: DistributionTest.allCases)
    func `windows of missing values alone are judged, not feared`(test: DistributionTest) throws {
        var watch = DistributionWatch(Configuration(test: test, reference: .first(100), window: 100))
        for index in 0..<300 { _ = watch.observe(index < 100 ? Double(index) : .nan) }
        let verdict = try Self.verdict(watch)
        #expect(verdict.pValue < 1e-5 && verdict.statistic.isFinite && verdict.effect.isFinite, "\(verdict)")
        var blind = DistributionWatch(Configuration(test: test, reference: .first(100), window: 100))
        for _ in 0..<300 { _ = blind.observe(.nan) }
        let unseen = try Self.verdict(blind)
        #expect(unseen.pValue == 1 && unseen.effect == 0)
    }

    @Test(arguments: DistributionTest.allCases)
    func `absurd values and constants leave every verdict finite`(test: DistributionTest) throws {
        for values in [[1e300, -1e300, .infinity, 1e15, -1e15, 0], [5], [0, 0, 0, 1e-300]] {
            var watch = DistributionWatch(Configuration(test: test, reference: .first(100), window: 50))
            for index in 0..<500 {
                let value = values[index % values.count] + (index >= 300 ? 1 : 0)
                guard watch.observe(value), let verdict = watch.verdict else { continue }
                #expect(verdict.statistic.isFinite && verdict.effect.isFinite && (0...1).contains(verdict.pValue))
            }
        }
    }

    @Test func `a feature whose neighbours are alike isn't a finding in every window`() {
        let configuration = Configuration(reference: .first(2000), window: 500)
        var notable = 0
        var windows = 0
        for seed in 0..<5 {
            var generator = RecipeStream(seed: seed, stream: 14)
            var level = 0.0
            let values = (0..<20_000).map { _ in
                level = 0.9 * level + 0.19.squareRoot() * generator.nearlyGaussian(mean: 0)
                return level
            }
            for (_, verdict) in Self.verdicts(configuration, values) {
                windows += 1
                if verdict.isNotable { notable += 1 }
            }
        }
        // Taken for independent, a third of them would be.
        #expect(windows == 180 && notable <= 9, "\(notable)")
    }

    @Test(arguments: configurations, [0, 1, 499, 500, 501, 699, 700, 701, 1600, 1700])
    func `a restored watch goes on as if it had never stopped`(_ configuration: Configuration, after count: Int) throws
    {
        let values = Self.stream(configuration, seed: 5)
        var watch = DistributionWatch(configuration)
        for value in values.prefix(count) { _ = watch.observe(value) }
        let saved = Self.state(watch)
        var restored = DistributionWatch(configuration)
        for value in Self.stream(configuration, seed: 6).prefix(1111) { _ = restored.observe(value) }
        try restored.restore(from: saved, under: "w")
        #expect(Self.state(restored) == saved)
        let (one, other) = (watch.histograms(), restored.histograms())
        #expect(one == other)
        for value in values.dropFirst(count) {
            let (one, other) = (watch.observe(value), restored.observe(value))
            #expect(one == other)
        }
        #expect(Self.state(restored) == Self.state(watch))
    }

    @Test func `a watch that learns afresh takes what comes for its reference`() throws {
        let configuration = Configuration(reference: .first(500), window: 250)
        let values = Self.stream(configuration, seed: 7, count: 4000)
        var watch = DistributionWatch(configuration)
        for value in values.prefix(2000) { _ = watch.observe(value) }
        let shifted = try Self.verdict(watch)
        #expect(shifted.isNotable)
        watch.learnAfresh()
        let (isReady, none) = (watch.isReady, watch.verdict)
        #expect(!isReady && none == nil)
        for value in values.dropFirst(2000) { _ = watch.observe(value) }
        let settled = try Self.verdict(watch)
        #expect(settled.effect < 0.1)
    }

    @Test func `a state that can't be is refused by name`() {
        let configuration = Configuration(reference: .first(500), window: 200)
        var watch = DistributionWatch(configuration)
        for value in Self.stream(configuration, seed: 8).prefix(1600) { _ = watch.observe(value) }
        let saved = Self.state(watch)
        let spoiled: [(String, (inout StateArchive) -> Void)] = [
            ("w/counters", { $0.put("w/counters", counters: [501, 0, 0]) }),
            ("w/counters", { $0.put("w/counters", counters: [500, .max, 0]) }),
            ("w/counters", { $0.put("w/counters", counters: [499, 100, 0]) }),
            ("w/reference", { $0.put("w/reference", doubles: [Double](repeating: .nan, count: 500)) }),
            ("w/reference", { $0.put("w/reference", doubles: (0..<500).map { Double(-$0) }) }),
            ("w/verdict", { $0.put("w/verdict", doubles: [0, 0, 2, 0, 0, 0]) }),
            ("w/counted", { $0.put("w/counted", doubles: [Double](repeating: 1, count: 11)) }),
        ]
        for (name, spoil) in spoiled {
            var archive = saved
            spoil(&archive)
            let error = #expect(throws: StateError.self) { try watch.restore(from: archive, under: "w") }
            guard case .impossible(name, _) = error else {
                Issue.record("\(name): \(error.map(String.init(describing:)) ?? "no error")")
                continue
            }
            #expect(Self.state(watch) == saved)
        }
        #expect(throws: StateError.self) { try watch.restore(from: StateArchive(), under: "w") }
    }

    @Test(arguments: configurations)
    func `neither a value nor a window's end allocates`(_ configuration: Configuration) {
        let values = Self.stream(configuration, seed: 9)
        var windows = 0
        func allocationsOfOneStream() -> Int {
            var watch = DistributionWatch(configuration)
            return values.withUnsafeBufferPointer { values in
                countAllocations { for value in values where watch.observe(value) { windows += 1 } }
            }
        }
        _ = allocationsOfOneStream()
        let allocations = allocationsOfOneStream()
        #expect(allocations == 0)
        #expect(windows == 24)
    }
}
