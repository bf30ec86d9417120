import DriftDetection
import Records
import TestSupport
import Testing

@Suite struct EDetectorTests {
    /// A mean of 0 for 3,000 values, then of 2.
    static func stream(seed: Int) -> [Double] {
        var generator = RecipeStream(seed: seed, stream: 9)
        return (0..<6000).map { generator.nearlyGaussian(mean: $0 < 3000 ? 0 : 2) }
    }

    static func state(_ detector: EDetector) -> StateArchive {
        var archive = StateArchive()
        detector.save(to: &archive, under: "e")
        return archive
    }

    static func reports(_ values: [Double], _ detector: EDetector = EDetector()) -> [Int] {
        var detector = detector
        return values.indices.filter { detector.update(values[$0]) }
    }

    @Test func `a change is reported soon after it, and once`() {
        let found = Self.reports(Self.stream(seed: 1))
        #expect(found.count == 1)
        #expect(found.allSatisfy { (3000..<3040).contains($0) }, "\(found)")
    }

    @Test func `a report says since when and by how much`() throws {
        var detector = EDetector()
        let values = Self.stream(seed: 2)
        let report = try #require(values.firstIndex { detector.update($0) })
        let shift = try #require(detector.shift)
        #expect(abs(report + 1 - Int(shift.values) - 3000) <= 3)
        #expect(abs(shift.before) < 0.1 && abs(shift.after - 2) < 0.6, "\(shift)")
        #expect(abs(shift.deviation - 1) < 0.1)
        #expect(abs(shift.effect - 2) < 0.6)
        #expect(detector.evidence >= detector.threshold)
    }

    @Test func `only the side that is asked for is reported`() {
        let rising = Self.stream(seed: 3)
        let falling = rising.map { -$0 }
        let up = EDetector(EDetectorConfiguration(direction: .up))
        let down = EDetector(EDetectorConfiguration(direction: .down))
        #expect(Self.reports(rising, up).count == 1 && Self.reports(falling, up).isEmpty)
        #expect(Self.reports(falling, down).count == 1 && Self.reports(rising, down).isEmpty)
        #expect(Self.reports(falling).count == 1)
    }

    @Test func `the unit of the values doesn't matter`() {
        let values = Self.stream(seed: 4)
        let found = Self.reports(values)
        for factor in [0x1p-30, 0x1p30] { #expect(Self.reports(values.map { $0 * factor }) == found) }
    }

    @Test func `a signal that never varied is reported when it does`() {
        for level in [0.0, 7, -1e9] {
            let values = (0..<2000).map { $0 < 1000 || $0 % 2 == 0 ? level : level + 1 }
            let found = Self.reports(values).first
            #expect((1000..<1020).contains(found ?? 0), "level \(level): \(found ?? -1)")
        }
    }

    @Test func `an outlier among the first values doesn't blind it`() {
        var values = Self.stream(seed: 5)
        values[50] = 1e15
        let found = Self.reports(values).first
        #expect((3000..<3050).contains(found ?? 0))
    }

    @Test func `a value that is absurd changes nothing`() {
        var detector = EDetector()
        for (index, value) in Self.stream(seed: 6).prefix(3010).enumerated() {
            detector.observe(value)
            guard index % 100 == 7 else { continue }
            let before = Self.state(detector)
            for absurd in [Double.nan, .infinity, -.infinity, 1e300] {
                detector.observe(absurd)
                let isReported = detector.update(absurd)
                #expect(!isReported)
            }
            #expect(Self.state(detector) == before)
        }
    }

    @Test(arguments: [0, 1, 99, 100, 163, 164, 500, 2999, 3003, 3010, 3200])
    func `a restored detector goes on as if it had never stopped`(after count: Int) throws {
        let values = Self.stream(seed: 7)
        var detector = EDetector()
        for value in values.prefix(count) { _ = detector.update(value) }
        let saved = Self.state(detector)
        var restored = EDetector()
        for value in Self.stream(seed: 8).prefix(4000) { _ = restored.update(value) }
        try restored.restore(from: saved, under: "e")
        #expect(Self.state(restored) == saved)
        for value in values.dropFirst(count) {
            let (one, other) = (detector.update(value), restored.update(value))
            #expect(one == other)
        }
        #expect(Self.state(restored) == Self.state(detector))
    }

    @Test func `a state that can't be is refused by name and changes nothing`() {
        var detector = EDetector()
        for value in Self.stream(seed: 9).prefix(1000) { detector.observe(value) }
        let saved = Self.state(detector)
        let spoiled: [(String, (inout StateArchive) -> Void)] = [
            ("e/scale", { $0.put("e/scale", doubles: [0, -1, 1]) }),
            ("e/scale", { $0.put("e/scale", doubles: [0, 1, .nan]) }),
            ("e/bets", { $0.put("e/bets", doubles: [Double](repeating: -1, count: 32)) }),
            ("e/flags", { $0.put("e/flags", counters: [2, 0]) }),
            ("e/reference/moments", { $0.put("e/reference/moments", doubles: [1e9, 0, 0, 0]) }),
            ("e/reference/counts", { $0.put("e/reference/counts", doubles: [-1, 0]) }),
            ("e/inflation/squares", { $0.put("e/inflation/squares", doubles: [Double](repeating: -1, count: 10)) }),
        ]
        for (name, spoil) in spoiled {
            var archive = saved
            spoil(&archive)
            let error = #expect(throws: StateError.self) { try detector.restore(from: archive, under: "e") }
            guard case .impossible(name, _) = error else {
                Issue.record("\(name): \(error.map(String.init(describing:)) ?? "no error")")
                continue
            }
            #expect(Self.state(detector) == saved)
        }
        #expect(throws: StateError.self) { try detector.restore(from: StateArchive(), under: "e") }
    }

    @Test func `an update allocates nothing`() {
        let values = Self.stream(seed: 10)
        var reports = 0
        func allocationsOfOneStream() -> Int {
            var detector = EDetector()
            return values.withUnsafeBufferPointer { values in
                countAllocations { for value in values where detector.update(value) { reports += 1 } }
            }
        }
        _ = allocationsOfOneStream()
        let allocations = allocationsOfOneStream()
        #expect(allocations == 0)
        #expect(reports == 2)
    }
}
