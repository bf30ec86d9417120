internal import Glibc
public import Records

/// Hoeffding trees that each learn another sample of the stream and of the inputs, vote together, and are replaced when they get
/// worse.
///
/// - Shape: `[inputCount]` values and sparse coordinates to a class or a value. Cost: the trees' and at most as much again for successors. It
///   allocates while trees grow and when one is planted, up to twice `trees` × `tree.maximumBytes`.
/// - Source: Gomes and others, Adaptive random forests for evolving data stream classification, Machine Learning 106 (2017);
///   for a regression Gomes, Barddal, Ferreira and Bifet, ESANN 2018. The trees' votes weigh by their faded losses.
public struct AdaptiveRandomForest: ~Copyable, OnlineLearner {
    public let configuration: AdaptiveRandomForestConfiguration
    public internal(set) var recordsLearned: UInt64 = 0
    public internal(set) var updatesRefused: UInt64 = 0
    var members: MemberArray<ForestMember>
    /// Of a regression.
    var errors = ErrorScale()
    private let classes: Int
    private let inputs: TreeInputs
    /// `[2, classes]`: one tree's votes, and all trees'.
    private let votes: Storage<Double>

    public init(_ configuration: AdaptiveRandomForestConfiguration) {
        configuration.check()
        var configuration = configuration
        configuration.tree.inputCount = configuration.inputCount
        configuration.tree.sparseCount = configuration.sparseCount
        configuration.tree.target = configuration.target
        configuration.tree.check()
        self.configuration = configuration
        inputs = configuration.tree.inputs
        classes = configuration.target.classes.count
        votes = Storage(repeating: 0, count: 2 * max(classes, 1))
        var generator = SeededGenerator(seed: configuration.seed)
        members = MemberArray(count: configuration.trees) { [configuration] index in
            ForestMember(configuration, stepSize: configuration.stepSize(of: index), seed: generator.next())
        }
    }

    /// Questions and leaves of all trees, successors left out.
    public var nodeCount: Int {
        var sum = 0
        for index in 0..<members.count { sum += members[index].tree.nodes.count }
        return sum
    }

    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        let sound = inputs.gather(x)
        if classes == 0 { return Prediction(score: sound.map { value($0) } ?? 0, classIndex: -1) }
        if let sound { vote(sound) } else { votes.values.update(repeating: 0) }
        let sums = UnsafeMutableBufferPointer(start: votes.base + classes, count: classes)
        return ClassVotes.prediction(sums, target: configuration.target, into: probabilities)
    }

    /// All trees' probabilities, the better trees' counting more, in the votes' second row.
    private func vote(_ inputs: UnsafePointer<Float>) {
        let sums = votes.base + classes
        sums.update(repeating: 0, count: classes)
        let least = leastLoss(log(Double(classes)))
        for index in 0..<members.count {
            members[index].tree.probabilities(inputs, into: votes.base)
            let loss = members[index].meanLoss ?? log(Double(classes))
            let weight = exp(configuration.sharpness * (least - loss))
            for label in 0..<classes { sums[label] += weight * votes[label] }
        }
    }

    /// The best tree's, so that its vote counts 1 and the sum of them is never 0.
    /// - Parameter unknown: what stands for the loss of a tree that hasn't had a record.
    private func leastLoss(_ unknown: Double) -> Double {
        var least = Double.infinity
        for index in 0..<members.count { least = min(least, members[index].meanLoss ?? unknown) }
        return least
    }

    /// The mean of the trees' values, the better trees' counting more.
    private func value(_ inputs: UnsafePointer<Float>) -> Double {
        let scale = max(errors.mean, .leastNormalMagnitude)
        let least = leastLoss(errors.mean)
        var (sum, weights) = (0.0, 0.0)
        for index in 0..<members.count {
            let behind = ((members[index].meanLoss ?? errors.mean) - least) / scale
            let weight = exp(-configuration.sharpness * behind)
            sum += weight * members[index].tree.value(inputs)
            weights += weight
        }
        return sum / weights
    }

    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        guard label != .absent, weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        guard weight > 0, weight <= TreeInput.largestWeight, let sound = inputs.gather(x),
            let truth = TreeInput.truth(label, classes: classes)
        else {
            updatesRefused += 1
            return LearningOutcome(loss: 0, result: .refused)
        }
        recordsLearned += 1
        let loss = classes > 0 ? learnClass(sound, Int(truth), weight) : learnValue(sound, truth, weight)
        return LearningOutcome(loss: loss, result: .updated)
    }

    private mutating func learnClass(_ inputs: UnsafePointer<Float>, _ label: Int, _ weight: Double) -> Double {
        vote(inputs)
        var sum = 0.0
        for each in 0..<classes { sum += votes[classes + each] }
        let loss = -log(votes[classes + label] / sum)
        for index in 0..<members.count {
            members[index].tree.probabilities(inputs, into: votes.base)
            var best = 0
            for each in 0..<classes where votes[each] > votes[best] { best = each }
            let loss = -log(votes[label])
            members[index].learn(inputs, label: label, weight: weight, configuration)
            members[index].watch(error: best == label ? 0 : 1, loss: loss, configuration)
        }
        return loss
    }

    private mutating func learnValue(_ inputs: UnsafePointer<Float>, _ value: Double, _ weight: Double) -> Double {
        let error = value - self.value(inputs)
        for index in 0..<members.count {
            let own = abs(value - members[index].tree.value(inputs))
            members[index].learn(inputs, value: value, weight: weight, configuration)
            members[index].watch(error: errors.relative(own), loss: own, configuration)
        }
        errors.add(error)
        return 0.5 * error * error
    }
}
