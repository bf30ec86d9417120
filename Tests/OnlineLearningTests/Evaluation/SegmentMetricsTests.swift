import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct SegmentMetricsTests {
    private let stream = ReferenceStreams.twoClasses

    @Test func `each segment has the metrics of its own records, and what isn't declared is together`() throws {
        var all = PrequentialMetrics(target: twoClasses, window: 300, fading: 1, segments: 2)
        var third = PrequentialMetrics(target: twoClasses, window: 300, fading: 1)
        var recentThird = PrequentialMetrics(target: twoClasses, window: 300, fading: 1)
        for (index, record) in stream.enumerated() {
            let segment = [0, 1, 2, 99, -1][index % 5]
            all.add(record.prediction, .classIndex(record.truth), weight: record.weight, segment: segment)
            guard index % 5 > 1 else { continue }
            third.add(record.prediction, .classIndex(record.truth), weight: record.weight)
            if index >= 200 { recentThird.add(record.prediction, .classIndex(record.truth), weight: record.weight) }
        }
        let (overall, windowed) = (all.overallBySegment, all.windowedBySegment)
        #expect(overall.map(\.index) == [0, 1, nil])
        #expect(overall.map(\.values.records) == [100, 100, 300])
        #expect(windowed.map(\.values.records) == [60, 60, 180])
        for (found, expected) in [(overall[2].values, third.overall), (windowed[2].values, recentThird.windowed)] {
            #expect(found.accuracy == expected.accuracy && found.logLoss == expected.logLoss)
            #expect(found.f1Macro == expected.f1Macro && found.brier == expected.brier)
            #expect(found.classes == expected.classes)
        }
        #expect(windowed[2].values.auc == recentThird.windowed.auc)
        #expect(windowed[2].values.calibrationError == recentThird.windowed.calibrationError)
    }

    @Test func `more segments than there is place for share the other one's`() {
        var metrics = PrequentialMetrics(target: twoClasses, window: 10, fading: 1, segments: 1_000)
        for segment in [0, 31, 32, 999] {
            metrics.add(Prediction(score: 0.9, classIndex: 1), .classIndex(1), segment: segment)
        }
        let counts = metrics.overallBySegment.map(\.values.records)
        #expect(counts.count == 33 && counts[0] == 1 && counts[31] == 1 && counts[32] == 2)
    }

    @Test func `streams together have segments as if one had seen all, and their state comes back`() throws {
        var whole = PrequentialMetrics(target: twoClasses, window: 50, fading: 1, segments: 3)
        var halves = JointMetrics(target: twoClasses, segments: 3)
        var one = PrequentialMetrics(target: twoClasses, window: 50, fading: 1, segments: 3)
        var other = PrequentialMetrics(target: twoClasses, window: 50, fading: 1, segments: 3)
        for (index, record) in stream.enumerated() {
            whole.add(record.prediction, .classIndex(record.truth), segment: index % 4)
            if index % 2 == 0 {
                one.add(record.prediction, .classIndex(record.truth), segment: index % 4)
            } else {
                other.add(record.prediction, .classIndex(record.truth), segment: index % 4)
            }
        }
        halves.add(one)
        halves.add(other)
        for (found, expected) in zip(halves.overallBySegment, whole.overallBySegment) {
            #expect(found.index == expected.index && found.values.records == expected.values.records)
            #expect(found.values.accuracy == expected.values.accuracy)
            #expect(abs((found.values.logLoss ?? 9) - (expected.values.logLoss ?? 0)) < 1e-12)
        }
        var archive = StateArchive()
        whole.save(to: &archive, under: "metrics")
        var restored = PrequentialMetrics(target: twoClasses, window: 50, fading: 1, segments: 3)
        try restored.restore(from: archive, under: "metrics")
        #expect(restored.overallBySegment == whole.overallBySegment)
        #expect(restored.windowedBySegment == whole.windowedBySegment)
        archive.put("metrics/window/segments", bytes: [UInt8](repeating: 4, count: 50))
        #expect(throws: StateError.self) { try restored.restore(from: archive, under: "metrics") }
    }
}
