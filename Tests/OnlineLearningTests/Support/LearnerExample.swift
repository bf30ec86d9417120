import OnlineLearning
import Records

/// One record for any learner, with memory of its own.
struct LearnerExample {
    var dense: [Float]
    var sparse: [SparseValue] = []
    var steps = 1
    var label: Label
    var weight = 1.0

    /// - Parameter stamp: 0 for an input that promises nothing.
    func withInput<Value>(stamp: UInt64 = 0, _ body: (InputVector) -> Value) -> Value {
        dense.withUnsafeBufferPointer { dense in
            sparse.withUnsafeBufferPointer { sparse in
                body(InputVector(dense: dense, sparse: sparse, steps: steps, stamp: stamp))
            }
        }
    }
}

extension LearnerExample {
    init(_ example: Example) { self.init(dense: example.x, label: example.label, weight: example.weight) }
}

/// What a learner said of one record.
struct Answer: Equatable {
    var prediction: Prediction
    var probabilities: [Float]

    var isFinite: Bool { prediction.score.isFinite && probabilities.allSatisfy(\.isFinite) }
}

extension OnlineLearner where Self: ~Copyable {
    /// - Parameter classes: how many the target has; 0 for a target without.
    func answer(_ example: LearnerExample, classes: Int, stamp: UInt64 = 0) -> Answer {
        var probabilities = [Float](repeating: 0, count: classes)
        let prediction = probabilities.withUnsafeMutableBufferPointer { buffer in
            example.withInput(stamp: stamp) { predict($0, probabilities: buffer) }
        }
        return Answer(prediction: prediction, probabilities: probabilities)
    }

    @discardableResult
    mutating func learn(_ example: LearnerExample, stamp: UInt64 = 0) -> LearningOutcome {
        example.withInput(stamp: stamp) { learn($0, label: example.label, weight: example.weight) }
    }

    /// All of the learner, as a snapshot has it.
    var savedState: StateArchive {
        var archive = StateArchive()
        save(to: &archive, under: "model")
        return archive
    }
}

extension StateArchive {
    var byteCount: Int { names.reduce(0) { $0 + (self[$1]?.bytes.count ?? 0) } }

    /// Whether every float of it is finite.
    var isFinite: Bool {
        names.allSatisfy { name in
            guard let tensor = self[name] else { return true }
            return tensor.bytes.withUnsafeBytes { raw in
                switch tensor.element {
                case .float32:
                    stride(from: 0, to: raw.count, by: 4).allSatisfy {
                        raw.loadUnaligned(fromByteOffset: $0, as: Float.self).isFinite
                    }
                case .float64:
                    stride(from: 0, to: raw.count, by: 8).allSatisfy {
                        raw.loadUnaligned(fromByteOffset: $0, as: Double.self).isFinite
                    }
                case .unsigned64, .unsigned8: true
                }
            }
        }
    }
}
