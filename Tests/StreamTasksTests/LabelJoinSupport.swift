import OnlineLearning
import Records
import Settings
import StreamTasks

/// What a join gave back, with bytes of its own.
struct Found: Equatable {
    var score: Double
    var classIndex: Int
    var values: [Float]
    var sparse: [SparseValue] = []
    var steps = 1
    var probabilities: [Float] = []
    var weight = 2.0
    var offset: Int64 = 0

    init(score: Double, classIndex: Int, values: [Float], weight: Double = 2, offset: Int64 = 0) {
        (self.score, self.classIndex, self.values) = (score, classIndex, values)
        (self.weight, self.offset) = (weight, offset)
    }

    init(_ example: WaitingExample) {
        self.init(
            score: example.prediction.score, classIndex: example.prediction.classIndex,
            values: Array(example.input.dense), weight: example.weight, offset: example.offset)
        sparse = Array(example.input.sparse)
        steps = example.input.steps
        probabilities = Array(example.probabilities)
    }
}

extension LabelJoin {
    static func sample(
        _ settings: LabelSettings = LabelSettings(pending: 1_000, early: 100, answered: 1_000, memory: 4 << 20),
        shape: InputShape = InputShape(dense: 2), classes: Int = 2
    ) -> LabelJoin {
        let names = (0..<classes).map { ClassName.text("class \($0)") }
        return LabelJoin(
            settings,
            shape: JoinShape(input: shape, target: classes > 2 ? .multiclass(classes: names) : .binary(classes: names)))
    }

    @discardableResult
    mutating func predict(_ id: String, score: Double, values: [Float], time: Int64) -> ArrivedLabel? {
        predict(id, Found(score: score, classIndex: score >= 0.5 ? 1 : 0, values: values), time: time)
    }

    /// The offset is the number of the prediction, from 1.
    @discardableResult
    mutating func predict(_ id: String, _ found: Found, time: Int64) -> ArrivedLabel? {
        advance(to: time, brokerTime: 0)
        while nextExpired() != nil {}
        let offset = Int64(counters.waited) + 1
        return Array(id.utf8).withUnsafeBytes { id in
            found.values.withUnsafeBufferPointer { values in
                found.sparse.withUnsafeBufferPointer { sparse in
                    found.probabilities.withUnsafeBufferPointer { probabilities in
                        predicted(
                            id,
                            WaitingExample(
                                input: InputVector(dense: values, sparse: sparse, steps: found.steps, stamp: 7),
                                prediction: Prediction(score: found.score, classIndex: found.classIndex),
                                probabilities: probabilities, weight: found.weight, timestamp: time, offset: offset))
                    }
                }
            }
        }
    }

    /// What the label leads to; nil where there is nothing to learn.
    mutating func label(_ id: String, _ index: Int, time: Int64) -> Found? {
        advance(to: time, brokerTime: 0)
        while nextExpired() != nil {}
        return Array(id.utf8).withUnsafeBytes { id in
            switch arrived(id, ArrivedLabel(.classIndex(index), timestamp: time), offset: 0) {
            case .matched(let example), .corrected(let example): Found(example)
            case .nothing: nil
            }
        }
    }

    mutating func tombstone(_ id: String) { Array(id.utf8).withUnsafeBytes { withdrawn($0) } }

    /// The negatives that are to be learned when this time has come.
    mutating func pass(_ time: Int64) -> [Found] {
        advance(to: time, brokerTime: 0)
        var all: [Found] = []
        while let example = nextExpired() { all.append(Found(example)) }
        return all
    }
}
