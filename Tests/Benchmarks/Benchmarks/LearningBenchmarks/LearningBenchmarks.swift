import Benchmark
import DriftDetection
import OnlineLearning
import Records

// One iteration is so many records: one alone is shorter than what it costs to measure it.
let records = 10_000

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.instructions, .wallClock, .throughput],
        maxDuration: .seconds(3), maxIterations: 500)

    for features in [6, 28] {
        Benchmark("scale, predict, learn: \(features) features x \(records)") { benchmark in
            var learner = Learner(features: features)
            learner.pass(over: records)
            benchmark.startMeasurement()
            learner.pass(over: records)
            benchmark.stopMeasurement()
            blackHole(learner.correct)
        }
    }

    Benchmark("ADWIN update x \(records)") { benchmark in
        var numbers = Numbers(seed: 1)
        let losses = (0..<records).map { _ in Double(numbers.next()) }
        var detector = Detector(DetectorConfiguration(kind: .adwin))
        var alarms = 0
        for loss in losses where detector.update(loss) { alarms += 1 }
        benchmark.startMeasurement()
        for loss in losses where detector.update(loss) { alarms += 1 }
        benchmark.stopMeasurement()
        blackHole(alarms)
    }
}
