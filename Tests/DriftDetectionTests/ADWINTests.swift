import DriftDetection
import Records
import Testing

@Suite struct ADWINTests {
    @Test func `the state grows with the logarithm of the window`() {
        var detector = ADWIN()
        var generator = RecipeStream(seed: 1, stream: 9)
        var sizes: [Int] = []
        for index in 1...400_000 {
            let reported = detector.update(generator.uniform())
            #expect(!reported)
            if index == 4000 || index == 400_000 { sizes.append(bytes(detector)) }
        }
        #expect(detector.width == 400_000)
        // A hundred times the window is seven levels more, of at most 5 buckets and a count.
        #expect(sizes[1] - sizes[0] <= 7 * (5 * 16 + 8) + 5 * 16)
    }

    @Test func `the window is what came since the change`() {
        var detector = ADWIN()
        var generator = RecipeStream(seed: 2, stream: 9)
        var reported = false
        for index in 0..<4000 where detector.update(generator.nearlyGaussian(mean: index < 2000 ? 0 : 3)) {
            reported = true
            #expect(detector.statistic > detector.threshold)
            #expect(detector.width < 2000)
            break
        }
        #expect(reported)
        for _ in 0..<1000 { _ = detector.update(generator.nearlyGaussian(mean: 3)) }
        #expect(abs(detector.estimate - 3) < 0.2)
        #expect(detector.width == 1000)
    }

    @Test func `between reports the statistic stays below its threshold`() {
        var detector = ADWIN()
        var generator = RecipeStream(seed: 3, stream: 9)
        for _ in 0..<5000 {
            let reported = detector.update(generator.uniform())
            #expect(!reported)
            #expect(detector.statistic <= detector.threshold)
        }
        #expect(detector.threshold > 0)
    }

    @Test func `a state whose buckets don't add up to its width is refused`() {
        var detector = ADWIN()
        for index in 0..<100 { _ = detector.update(Double(index % 2)) }
        var archive = StateArchive()
        detector.save(to: &archive, under: "a")
        archive.put("a/window", doubles: [99, 50, 25])
        #expect(throws: StateError.impossible(name: "a/window", reason: "its width isn't what the buckets hold")) {
            try detector.restore(from: archive, under: "a")
        }
        archive.put("a/bucket-counts", counters: [6])
        #expect(throws: StateError.self) { try detector.restore(from: archive, under: "a") }
    }

    @Test func `a constant signal is never reported, and neither is the smallest window of buckets`() {
        var detector = ADWIN(ADWINConfiguration(clock: 1, maximumBuckets: 2, minimumWindow: 1, gracePeriod: 0))
        var reports = 0
        for _ in 0..<10_000 where detector.update(0.25) { reports += 1 }
        #expect(reports == 0)
        #expect(detector.estimate == 0.25)
    }

    private func bytes(_ detector: borrowing ADWIN) -> Int {
        var archive = StateArchive()
        detector.save(to: &archive, under: "a")
        return archive.names.reduce(0) { $0 + (archive[$1]?.bytes.count ?? 0) }
    }
}
