internal import Records

/// Votes of trees as a prediction.
enum ClassVotes {
    /// The class with the most votes, the first of equal ones, and each class's share of them.
    /// - Parameter votes: 0 or more each; none of them above 0 stands for not knowing.
    static func prediction(
        _ votes: UnsafeMutableBufferPointer<Double>, target: Target, into output: UnsafeMutableBufferPointer<Float>
    ) -> Prediction {
        var sum = 0.0
        var best = 0
        for label in votes.indices {
            sum += votes[label]
            if votes[label] > votes[best] { best = label }
        }
        let isKnown = sum > 0
        let scale = isKnown ? 1 / sum : 1 / Double(votes.count)
        for label in output.indices { output[label] = Float(isKnown ? votes[label] * scale : scale) }
        let asked = if case .binary = target { votes.count - 1 } else { best }
        return Prediction(score: isKnown ? votes[asked] * scale : scale, classIndex: best)
    }
}
