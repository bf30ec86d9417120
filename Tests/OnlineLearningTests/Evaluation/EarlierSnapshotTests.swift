import OnlineLearning
import Records
import TestSupport
import Testing

/// Snapshots from before some of the metrics don't have their sums.
@Suite struct EarlierSnapshotTests {
    private static let later = [
        "/overall/squares", "/overall/signed", "/overall/probabilities", "/faded/squares", "/faded/signed",
        "/faded/probabilities", "/calibration", "/evidence", "/evidence/means", "/evidence/counts",
        "/window/probabilities",
    ]

    private static let targets = [
        twoClasses, .multiclass(classes: ["a", "b", "c", "d"].map { .text($0) }), .regression,
    ]

    private func feed(_ metrics: inout PrequentialMetrics, _ target: Target, _ records: Range<Int>) {
        let streams = (ReferenceStreams.twoClasses, ReferenceStreams.fourClasses, ReferenceStreams.values)
        for index in records {
            switch target {
            case .binary:
                metrics.add(streams.0[index].prediction, .classIndex(streams.0[index].truth))
            case .multiclass:
                streams.1[index].probabilities.withUnsafeBufferPointer {
                    metrics.add(
                        streams.1[index].prediction, .classIndex(streams.1[index].truth), probabilities: $0)
                }
            default:
                metrics.add(
                    Prediction(score: streams.2[index].predicted, classIndex: -1), .value(streams.2[index].truth))
            }
        }
    }

    @Test(arguments: targets)
    func `an earlier snapshot goes on, and what it doesn't know is told of the records since`(target: Target) throws {
        var whole = PrequentialMetrics(target: target, window: 60, fading: 1)
        feed(&whole, target, 0..<300)
        var archive = StateArchive()
        whole.save(to: &archive, under: "evaluation")
        var earlier = StateArchive()
        for name in archive.names where !Self.later.contains(where: { name == "evaluation" + $0 }) {
            // The rank of the true class stood nowhere then.
            if name.hasSuffix("/flags") {
                earlier.put(name, bytes: try archive.bytes(name).map { $0 & 3 })
            } else if let tensor = archive[name] {
                earlier.put(name, tensor)
            }
        }
        #expect(earlier.names.count < archive.names.count)
        // One that has seen something else before is as good as a new one.
        var restored = PrequentialMetrics(target: target, window: 60, fading: 1)
        feed(&restored, target, 400..<450)
        try restored.restore(from: earlier, under: "evaluation")
        #expect(restored.overall.accuracy == whole.overall.accuracy && restored.overall.mae == whole.overall.mae)
        #expect(restored.overall.brier == nil && restored.overall.mape == nil)
        if target != twoClasses { #expect(restored.windowed.brier == nil && restored.windowed.topAccuracies.isEmpty) }
        feed(&whole, target, 300..<500)
        feed(&restored, target, 300..<500)
        var since = PrequentialMetrics(target: target, window: 60, fading: 1)
        feed(&since, target, 300..<500)
        #expect(
            restored.overall.accuracy == whole.overall.accuracy && restored.overall.logLoss == whole.overall.logLoss)
        #expect(restored.overall.brier == since.overall.brier && restored.overall.mape == since.overall.mape)
        #expect(restored.overall.topAccuracies == since.overall.topAccuracies)
        #expect(restored.overall.calibration == since.overall.calibration)
        #expect(restored.windowed == whole.windowed)
        #expect(restored.anytimeIntervals().map(\.upper) == since.anytimeIntervals().map(\.upper))
    }

    @Test func `sums that can't be are refused`() throws {
        var metrics = PrequentialMetrics(target: twoClasses, window: 20, fading: 1)
        feed(&metrics, twoClasses, 0..<100)
        var archive = StateArchive()
        metrics.save(to: &archive, under: "evaluation")
        for (name, count) in [("/overall", 6), ("/overall/squares", 2), ("/calibration", 30), ("/window/scores", 20)] {
            var broken = archive
            broken.put("evaluation" + name, doubles: [Double](repeating: .nan, count: count))
            #expect(throws: StateError.self) { try metrics.restore(from: broken, under: "evaluation") }
            broken.put("evaluation" + name, doubles: [1, 2, 3])
            #expect(throws: StateError.self) { try metrics.restore(from: broken, under: "evaluation") }
        }
    }
}
