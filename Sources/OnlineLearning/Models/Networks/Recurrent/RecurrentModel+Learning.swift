public import Records

extension RecurrentModel {
    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        guard let raw = label.target, weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        guard weight > 0, weight.isFinite, let number = target.number(of: raw) else { return refused() }
        if x.stamp == 0 || forwarded[0] != x.stamp {
            guard forward(x) else { return refused() }
        }
        forwarded[0] = 0
        let loss = target.value(tape.outputs.base, number)
        guard loss.isFinite else { return refused() }
        let steps = steps(of: x)
        let depth = min(steps, max(configuration.truncation ?? steps, 1))
        target.writeSlopes(
            tape.outputs.base, number, factor: weight / Double(configuration.batch), into: tape.outputSlopes.base)
        guard tape.backward(steps: steps, depth: depth, weights: parameters.weights) else { return refused() }
        let row = pending
        tape.addGradient(steps: steps, depth: depth, into: parameters.gradient.base, adding: row > 0)
        recordsLearned &+= 1
        var result = LearningOutcome.Result.pending
        if row + 1 == configuration.batch { result = update(steps, number, loss) ? .updated : .refused }
        if result != .refused { target.update(with: raw) }
        return LearningOutcome(loss: loss, result: result)
    }

    /// Records that wait in the unfinished batch.
    @inline(__always)
    var pending: Int { Int(recordsLearned % UInt64(configuration.batch)) }

    /// One update with the batch's gradient. The divergence guard looks at the record that filled the batch.
    /// - Returns: False where it was refused and nothing has changed.
    private mutating func update(_ steps: Int, _ number: Double, _ before: Double) -> Bool {
        let proposal = parameters.propose()
        guard proposal.isSound else {
            updatesRefused &+= 1
            return false
        }
        parameters.divergence.note(before)
        if proposal.isLarge {
            tape.forward(steps: steps, weights: parameters.proposedWeights)
            let after = target.value(tape.outputs.base, number)
            if parameters.diverges(before: before, after: after) {
                updatesRefused &+= 1
                return false
            }
        }
        parameters.accept()
        return true
    }

    private mutating func refused() -> LearningOutcome {
        forwarded[0] = 0
        updatesRefused &+= 1
        return LearningOutcome(loss: 0, result: .refused)
    }
}
