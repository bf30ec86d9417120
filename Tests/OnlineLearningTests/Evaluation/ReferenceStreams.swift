import OnlineLearning
import Records

/// Streams that a few lines of any language make again, so that other libraries' figures over them can be compared.
///
/// Numbers are the high 24 bits of `state = 6364136223846793005 * state + 1442695040888963407` modulo 2^64.
enum ReferenceStreams {
    static func numbers(_ count: Int, seed: UInt64) -> [Int] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 40)
        }
    }

    struct TwoClassRecord {
        var score: Double
        var truth: Int
        var weight: Double
        var prediction: Prediction { Prediction(score: score, classIndex: score > 0.5 ? 1 : 0) }
    }

    /// Scores are of 257 values, so that many are equal, and are too high.
    static var twoClasses: [TwoClassRecord] {
        let drawn = numbers(1_000, seed: 11)
        return (0..<500).map { index in
            let (first, second) = (drawn[2 * index], drawn[2 * index + 1])
            let score = Double(first % 257) / 256
            return TwoClassRecord(
                score: score, truth: Double(second % 1024) / 1024 < score * score ? 1 : 0,
                weight: Double(1 + (first / 512) % 3))
        }
    }

    struct FourClassRecord {
        /// In 64ths.
        var probabilities: [Float]
        var truth: Int
        var said: Int { probabilities.firstIndex(of: probabilities.max() ?? 0) ?? 0 }
        var prediction: Prediction { Prediction(score: Double(probabilities[said]), classIndex: said) }
    }

    /// The last class is only true where it is said.
    static var fourClasses: [FourClassRecord] {
        let drawn = numbers(2_500, seed: 12)
        return (0..<500).map { index in
            let five = drawn[(5 * index)..<(5 * index + 5)].map { $0 }
            let cuts = [0] + five[..<3].map { $0 % 65 }.sorted() + [64]
            var record = FourClassRecord(probabilities: (0..<4).map { Float(cuts[$0 + 1] - cuts[$0]) / 64 }, truth: 0)
            record.truth = five[3] % 3 == 0 ? five[4] % 3 : record.said
            return record
        }
    }

    struct ValueRecord {
        var predicted: Double
        var truth: Double
        var weight: Double
    }

    /// One label in 41 is 0.
    static var values: [ValueRecord] {
        let drawn = numbers(1_000, seed: 13)
        return (0..<500).map { index in
            let (first, second) = (drawn[2 * index], drawn[2 * index + 1])
            let truth = Double(first % 41 - 20) / 4
            return ValueRecord(
                predicted: truth + Double(second % 513 - 200) / 32, truth: truth, weight: Double(1 + (first / 4096) % 2)
            )
        }
    }
}
