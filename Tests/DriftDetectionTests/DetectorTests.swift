import DriftDetection
import Records
import TestSupport
import Testing

/// What holds for every detector, whatever its kind.
@Suite struct DetectorTests {
    static let configurations = DetectorKind.allCases.map {
        DetectorConfiguration(kind: $0) { $0.pageHinkley.threshold = 10 }
    }

    /// A mean of 0 for 3,000 values, then of 2.
    static func stream(seed: Int) -> [Double] {
        var generator = RecipeStream(seed: seed, stream: 9)
        return (0..<6000).map { generator.nearlyGaussian(mean: $0 < 3000 ? 0 : 2) }
    }

    static func state(_ detector: borrowing Detector) -> StateArchive {
        var archive = StateArchive()
        detector.save(to: &archive, under: "drift")
        return archive
    }

    @Test(arguments: configurations)
    func `a change of the mean is reported soon after it`(_ configuration: DetectorConfiguration) {
        let found = detections(configuration, Self.stream(seed: 1))
        #expect(found.contains { (3000..<3200).contains($0) }, "\(found)")
    }

    @Test(arguments: configurations)
    func `the same values give the same bits`(_ configuration: DetectorConfiguration) {
        var one = Detector(configuration)
        var other = Detector(configuration)
        for value in Self.stream(seed: 2) {
            let (first, second) = (one.update(value), other.update(value))
            #expect(first == second)
        }
        #expect(Self.state(one) == Self.state(other))
    }

    @Test(arguments: configurations)
    func `asking for statistic, threshold and estimate changes nothing`(_ configuration: DetectorConfiguration) {
        var detector = Detector(configuration)
        for value in Self.stream(seed: 3).prefix(3100) { _ = detector.update(value) }
        let before = Self.state(detector)
        for _ in 0..<3 { #expect((detector.statistic + detector.threshold + detector.estimate).isFinite) }
        #expect(Self.state(detector) == before)
    }

    @Test(arguments: configurations, [0, 1, 31, 2999, 3011, 3040, 3200])
    func `a restored detector goes on as if it had never stopped`(
        _ configuration: DetectorConfiguration, after count: Int
    ) throws {
        let values = Self.stream(seed: 4)
        var detector = Detector(configuration)
        for value in values.prefix(count) { _ = detector.update(value) }
        let saved = Self.state(detector)
        // Restored over a state of another stream: nothing of it may remain.
        var restored = Detector(configuration)
        for value in Self.stream(seed: 5).prefix(5000) { _ = restored.update(value) }
        try restored.restore(from: saved, under: "drift")
        #expect(Self.state(restored) == saved)
        for value in values.dropFirst(count) {
            let (one, other) = (detector.update(value), restored.update(value))
            #expect(one == other)
        }
        #expect(Self.state(restored) == Self.state(detector))
    }

    @Test(arguments: configurations)
    func `a detector saved just after its report is restored as such`(_ configuration: DetectorConfiguration) throws {
        let values = Self.stream(seed: 4)
        let report = try #require(detections(configuration, values).first)
        var detector = Detector(configuration)
        var restored = Detector(configuration)
        for value in values[...report] { _ = detector.update(value) }
        try restored.restore(from: Self.state(detector), under: "drift")
        for value in values[(report + 1)...] {
            let (one, other) = (detector.update(value), restored.update(value))
            #expect(one == other)
        }
        #expect(Self.state(restored) == Self.state(detector))
    }

    @Test(arguments: configurations, [Double.nan, .infinity, -.infinity, 1e300, -1e300, .greatestFiniteMagnitude])
    func `an absurd value changes nothing, and what comes after is still seen`(
        _ configuration: DetectorConfiguration, absurd: Double
    ) {
        let values = Self.stream(seed: 6)
        var detector = Detector(configuration)
        var found: [Int] = []
        for (index, value) in values.enumerated() {
            if index % 100 == 7 {
                let before = Self.state(detector)
                let reported = detector.update(absurd)
                #expect(!reported)
                #expect(Self.state(detector) == before)
            }
            if detector.update(value) { found.append(index) }
        }
        #expect(found == detections(configuration, values))
    }

    @Test(arguments: configurations)
    func `the largest value that is taken leaves everything finite`(_ configuration: DetectorConfiguration) {
        var detector = Detector(configuration)
        var reports = 0
        for (index, value) in Self.stream(seed: 7).enumerated() {
            _ = detector.update(index % 1000 == 999 ? Detector.largestMagnitude : value)
            #expect(detector.statistic.isFinite && detector.threshold.isFinite && detector.estimate.isFinite)
        }
        // MOA's window keeps such a value, whose deviation hides all that comes after.
        guard configuration.kind != .adwinMOA else { return }
        // Ten thousand values about 0, then about 50: it still sees the difference.
        var generator = RecipeStream(seed: 8, stream: 9)
        for index in 0..<20_000 where detector.update(generator.nearlyGaussian(mean: index < 10_000 ? 0 : 50)) {
            if index >= 10_000 { reports += 1 }
        }
        #expect(reports > 0)
    }

    @Test(arguments: configurations)
    func `an update allocates nothing`(_ configuration: DetectorConfiguration) {
        let values = Self.stream(seed: 9)
        var reports = 0
        func allocationsOfOneStream() -> Int {
            var detector = Detector(configuration)
            return values.withUnsafeBufferPointer { values in
                countAllocations { for value in values where detector.update(value) { reports += 1 } }
            }
        }
        // The first loop of its kind makes the runtime set up what it needs for the loop itself.
        _ = allocationsOfOneStream()
        let allocations = allocationsOfOneStream()
        #expect(allocations == 0)
        #expect(reports > 0)
    }

    @Test(arguments: configurations)
    func `a state that lacks a tensor or has a wrong count is refused by name`(_ configuration: DetectorConfiguration) {
        var detector = Detector(configuration)
        #expect(throws: StateError.self) { try detector.restore(from: StateArchive(), under: "drift") }
        var archive = Self.state(detector)
        let counters = archive["drift/counters"]?.shape.first ?? 0
        archive.put("drift/counters", counters: [1])
        #expect(throws: StateError.wrongCount(name: "drift/counters", found: 1, expected: counters)) {
            try detector.restore(from: archive, under: "drift")
        }
    }

    @Test(arguments: configurations)
    func `a state with a value that is no number is refused`(_ configuration: DetectorConfiguration) throws {
        var detector = Detector(configuration)
        for value in Self.stream(seed: 4).prefix(200) { _ = detector.update(value) }
        let saved = Self.state(detector)
        for name in saved.names {
            guard let tensor = saved[name], tensor.element == .float64, !tensor.bytes.isEmpty else { continue }
            var archive = saved
            archive.put(name, doubles: [Double](repeating: .nan, count: tensor.shape.reduce(1, *)))
            #expect(throws: StateError.self, "\(name)") { try detector.restore(from: archive, under: "drift") }
        }
    }
}
