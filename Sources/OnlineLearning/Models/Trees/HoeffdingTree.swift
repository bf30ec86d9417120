internal import Glibc
public import Records

/// A decision tree that grows from the stream: a leaf becomes a question once so many records have come that the best question
/// is, almost surely, the best of all records to come.
///
/// For a regression a leaf is split by what that takes from the squared deviations, and has a linear model of its own.
/// - Shape: `[inputCount]` values and sparse coordinates to a class or a value. Cost: O(depth + classes × inputCount) a record. It allocates while it
///   grows, up to `maximumNodes` and `maximumBytes`.
/// - Source: Domingos and Hulten, Mining high-speed data streams, KDD 2000; leaves that choose between naive Bayes and the
///   majority: Holmes, Kirkby and Pfahringer, Stress-testing Hoeffding trees, PKDD 2005.
public struct HoeffdingTree: ~Copyable, OnlineLearner {
    public let configuration: HoeffdingTreeConfiguration
    public internal(set) var recordsLearned: UInt64 = 0
    public internal(set) var updatesRefused: UInt64 = 0
    var tree: GrowingTree
    private let votes: Storage<Double>
    private let inputs: TreeInputs

    public init(_ configuration: HoeffdingTreeConfiguration) {
        configuration.check()
        self.configuration = configuration
        inputs = configuration.inputs
        tree = GrowingTree(configuration, seed: configuration.seed)
        votes = Storage(repeating: 0, count: configuration.target.classes.count)
    }

    /// Questions and leaves.
    public var nodeCount: Int { tree.nodes.count }

    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        let sound = inputs.gather(x)
        if tree.shape.classes == 0 { return Prediction(score: sound.map { tree.value($0) } ?? 0, classIndex: -1) }
        if let sound { tree.probabilities(sound, into: votes.base) } else { votes.values.update(repeating: 0) }
        return ClassVotes.prediction(votes.values, target: configuration.target, into: probabilities)
    }

    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        guard label != .absent, weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        guard weight > 0, weight <= TreeInput.largestWeight, let sound = inputs.gather(x),
            let truth = TreeInput.truth(label, classes: tree.shape.classes)
        else {
            updatesRefused += 1
            return LearningOutcome(loss: 0, result: .refused)
        }
        recordsLearned += 1
        let loss = learn(sound, truth, weight)
        return LearningOutcome(loss: loss, result: .updated)
    }

    /// - Returns: the loss before: squared error halved, or the logarithm of the true class's probability, negated.
    private mutating func learn(_ inputs: UnsafePointer<Float>, _ truth: Double, _ weight: Double) -> Double {
        guard tree.shape.classes > 0 else {
            let error = truth - tree.value(inputs)
            tree.learn(inputs, value: truth, weight: weight)
            return 0.5 * error * error
        }
        let label = Int(truth)
        tree.probabilities(inputs, into: votes.base)
        let loss = -log(votes[label])
        tree.learn(inputs, label: label, weight: weight)
        return loss
    }
}
