internal import Foundation
internal import OnlineLearning
internal import Records

/// A learner over generated records, each of them predicted and then learned.
struct LearnerRun: ~Copyable {
    private static let kept = 1_024
    private let setup: LearnerCase
    private var learner: Learner
    private var dense: [Float] = []
    private var sparse: [SparseValue] = []
    private var labels: [Label] = []

    init(_ setup: LearnerCase, seed: UInt64) {
        self.setup = setup
        learner = Learner(setup.configuration)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<Self.kept {
            var sum = 0.0
            for _ in 0..<setup.dense * setup.steps {
                let value = generator.normal()
                sum += value
                dense.append(Float(value))
            }
            for _ in 0..<setup.present {
                // Few values are frequent and most are rare, as ids are.
                let index = UInt32(Double(setup.coordinates - 1) * pow(generator.uniform(), 4))
                sum += index.isMultiple(of: 2) ? 0.5 : -0.5
                sparse.append(SparseValue(index: index, value: 1))
            }
            let classes = max(setup.target.classes.count, 1)
            let noisy = sum + generator.normal()
            labels.append(.classIndex(classes > 2 ? Int(abs(noisy) * 3) % classes : noisy > 0 ? 1 : 0))
        }
    }

    /// - Returns: nanoseconds of this thread a record, over `seconds` of its time; what comes first warms up.
    mutating func measure(seconds: Double) -> Double {
        var passes = 1
        _ = pass(1)
        while true {
            let nanoseconds = pass(passes)
            if nanoseconds > seconds * 1e9 { return nanoseconds / Double(passes * Self.kept) }
            passes = max(passes * 2, Int(Double(passes) * seconds * 1.1e9 / max(nanoseconds, 1)))
        }
    }

    private mutating func pass(_ count: Int) -> Double {
        let width = setup.dense * setup.steps
        var probabilities = [Float](repeating: 0, count: setup.target.classes.count)
        var stamp: UInt64 = 0
        let began = ProcessFigures.nanoseconds(of: CLOCK_THREAD_CPUTIME_ID)
        dense.withUnsafeBufferPointer { dense in
            sparse.withUnsafeBufferPointer { sparse in
                probabilities.withUnsafeMutableBufferPointer { probabilities in
                    for _ in 0..<count {
                        for record in 0..<Self.kept {
                            stamp += 1
                            let input = InputVector(
                                dense: UnsafeBufferPointer(rebasing: dense[record * width..<(record + 1) * width]),
                                sparse: UnsafeBufferPointer(
                                    rebasing: sparse[record * setup.present..<(record + 1) * setup.present]),
                                steps: setup.steps, stamp: stamp)
                            _ = learner.predict(input, probabilities: probabilities)
                            _ = learner.learn(input, label: labels[record], weight: 1)
                        }
                    }
                }
            }
        }
        return Double(ProcessFigures.nanoseconds(of: CLOCK_THREAD_CPUTIME_ID) - began)
    }
}
