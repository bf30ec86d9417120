internal import Glibc
public import Records

/// Members that all learn every record, and are mixed by how good their predictions were.
///
/// The loss of a member is the logarithm of the true class's probability, negated; of a regression its squared error, as a share of
/// the square of the ensemble's usual error, halved, at most 10.
/// - Shape: the members'. Cost: each member's prediction twice, and its learning. Allocates nothing but what members do.
/// - Source: weighted majority: Littlestone and Warmuth, Information and Computation 108 (1994); fixed share: Herbster and Warmuth,
///   Tracking the best expert, Machine Learning 32 (1998).
public struct StackingEnsemble<Member: OnlineLearner & ~Copyable>: ~Copyable, OnlineLearner {
    public let configuration: StackingConfiguration
    public internal(set) var recordsLearned: UInt64 = 0
    public internal(set) var updatesRefused: UInt64 = 0
    var members: MemberArray<Member>
    var errors = ErrorScale()
    /// The members' weights; their sum is 1.
    let weights: Storage<Double>
    private let classes: Int
    private let votes: MemberVotes
    private static var largestLoss: Double { 10 }

    /// - Parameter make: gives the member of each index, from 0. It isn't kept.
    public init(_ configuration: StackingConfiguration, _ make: (Int) -> Member) {
        configuration.check()
        self.configuration = configuration
        classes = configuration.target.classes.count
        members = MemberArray(count: configuration.members, make)
        weights = Storage(repeating: 1 / Double(configuration.members), count: configuration.members)
        votes = MemberVotes(members: configuration.members, classes: classes)
    }

    /// How much a member counts now, 0 to 1.
    public func weight(of member: Int) -> Double {
        precondition(member >= 0 && member < weights.count, "there is no such member")
        return weights[member]
    }

    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        for index in 0..<members.count {
            votes.put(members[index].predict(x, probabilities: votes.probabilities(index)), of: index)
        }
        votes.mix { weights[$0] }
        return votes.prediction(configuration.target, into: probabilities)
    }

    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        guard label != .absent, weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        guard weight > 0, weight <= TreeInput.largestWeight, EnsembleInput.isSound(x),
            let truth = EnsembleInput.truth(label, configuration.target)
        else {
            updatesRefused += 1
            return LearningOutcome(loss: 0, result: .refused)
        }
        let prediction = predict(x, probabilities: UnsafeMutableBufferPointer(start: nil, count: 0))
        let loss = votes.loss(prediction, truth)
        var outcomes = MemberOutcomes()
        for index in 0..<members.count { outcomes.add(members[index].learn(x, label: label, weight: weight).result) }
        recordsLearned += 1
        let result = outcomes.result
        guard result != .refused else {
            updatesRefused += 1
            return LearningOutcome(loss: loss, result: .refused)
        }
        if classes == 0 { errors.add(truth - prediction.score) }
        weigh(truth)
        return LearningOutcome(loss: loss, result: result)
    }

    /// Weighs the members anew by what they said of the record at hand.
    private func weigh(_ truth: Double) {
        var least = Double.infinity
        for index in 0..<members.count { least = min(least, loss(of: index, truth)) }
        var sum = 0.0
        for index in 0..<members.count {
            weights[index] *= exp(configuration.rate * (least - loss(of: index, truth)))
            sum += weights[index]
        }
        let alike = configuration.share / Double(members.count)
        for index in 0..<members.count {
            // Without a share all weights could fall to 0 together.
            let kept = sum > .leastNormalMagnitude ? weights[index] / sum : 1 / Double(members.count)
            weights[index] = (1 - configuration.share) * kept + alike
        }
    }

    private func loss(of member: Int, _ truth: Double) -> Double {
        if classes > 0 { return votes.logLoss(of: member, truth) }
        let error = votes.valueError(of: member, truth) / max(errors.mean, .leastNormalMagnitude)
        return min(0.5 * error * error, Self.largestLoss)
    }
}
