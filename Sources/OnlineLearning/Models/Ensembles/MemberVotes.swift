internal import Glibc
internal import Records

/// What each member said of one record, and what that comes to: memory that a prediction works in.
struct MemberVotes: ~Copyable {
    private let members: Int
    private let classes: Int
    /// `[members, classes]`.
    private let shares: Storage<Float>
    /// `[members]`: scores, and predicted classes.
    private let scores: Storage<Double>
    private let chosen: Storage<Int>
    /// `[classes]`; one element, the mean score, where there are none.
    private let sums: Storage<Double>
    /// Below this no probability is counted in a loss.
    private static let smallestProbability = 1e-6

    init(members: Int, classes: Int) {
        self.members = members
        self.classes = classes
        shares = Storage(repeating: 0, count: members * classes)
        scores = Storage(repeating: 0, count: members)
        chosen = Storage(repeating: 0, count: members)
        sums = Storage(repeating: 0, count: max(classes, 1))
    }

    func probabilities(_ member: Int) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: shares.base + member * classes, count: classes)
    }

    func put(_ prediction: Prediction, of member: Int) {
        scores[member] = prediction.score
        chosen[member] = prediction.classIndex
    }

    /// Sums up what the members said, each with its weight.
    func mix(_ weight: (Int) -> Double) {
        sums.values.update(repeating: 0)
        var total = 0.0
        for member in 0..<members {
            let weight = weight(member)
            total += weight
            if classes == 0 { sums[0] += weight * scores[member] }
            for label in 0..<classes { sums[label] += weight * Double(shares[member * classes + label]) }
        }
        if classes == 0 { sums[0] /= total }
    }

    /// What was mixed, as one prediction.
    func prediction(_ target: Target, into output: UnsafeMutableBufferPointer<Float>) -> Prediction {
        if classes == 0 { return Prediction(score: sums[0], classIndex: -1) }
        return ClassVotes.prediction(sums.values, target: target, into: output)
    }

    /// The loss of what was mixed: squared error halved, or the logarithm of the true class's probability, negated.
    func loss(_ prediction: Prediction, _ truth: Double) -> Double {
        guard classes > 0 else {
            let error = truth - prediction.score
            return 0.5 * error * error
        }
        var sum = 0.0
        for label in 0..<classes { sum += sums[label] }
        return -log(max(sum > 0 ? sums[Int(truth)] / sum : 1 / Double(classes), Self.smallestProbability))
    }

    /// The loss of one member's class probabilities.
    func logLoss(of member: Int, _ truth: Double) -> Double {
        -log(max(Double(shares[member * classes + Int(truth)]), Self.smallestProbability))
    }

    func valueError(of member: Int, _ truth: Double) -> Double { truth - scores[member] }

    /// Whether a member was wrong, as 0 or 1; of a regression its error, between 0 and 1.
    func error(of member: Int, _ truth: Double, _ scale: ErrorScale) -> Double {
        if classes > 0 { return chosen[member] == Int(truth) ? 0 : 1 }
        return scale.relative(valueError(of: member, truth))
    }
}
