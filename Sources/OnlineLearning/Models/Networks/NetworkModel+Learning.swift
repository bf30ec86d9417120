public import Records

extension NetworkModel {
    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        guard let raw = label.target, weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        guard weight > 0, weight.isFinite, let number = target.number(of: raw) else { return refused() }
        let row = row
        // With dropout the way forward isn't that of a prediction.
        if x.stamp == 0 || forwarded[0] != x.stamp || stack.dropsOut {
            forwarded[0] = 0
            guard copy(x, into: stack.input(row: row)) else { return refused() }
            stack.forward(
                row: row, weights: parameters.weights, drawing: stack.dropoutGenerator(record: recordsLearned))
        }
        forwarded[0] = 0
        let loss = target.value(stack.output(row: row), number)
        guard loss.isFinite else { return refused() }
        numbers[row] = number
        importances[row] = weight
        recordsLearned &+= 1
        var result = LearningOutcome.Result.pending
        if row + 1 == configuration.batch { result = update() ? .updated : .refused }
        if result != .refused { target.update(with: raw) }
        return LearningOutcome(loss: loss, result: result)
    }

    /// One update with the mean gradient of the batch.
    /// - Returns: False where it was refused and nothing has changed.
    private mutating func update() -> Bool {
        let rows = configuration.batch
        var before = 0.0
        for row in 0..<rows {
            let output = stack.output(row: row)
            before += target.value(output, numbers[row])
            target.writeSlopes(
                output, numbers[row], factor: importances[row] / Double(rows), into: stack.outputSlope(row: row))
        }
        stack.backward(rows: rows, weights: parameters.weights, gradient: parameters.gradient.base)
        let proposal = parameters.propose()
        guard proposal.isSound else {
            updatesRefused &+= 1
            return false
        }
        before /= Double(rows)
        parameters.divergence.note(before)
        if proposal.isLarge, parameters.diverges(before: before, after: loss(ofProposed: rows)) {
            updatesRefused &+= 1
            return false
        }
        parameters.accept()
        return true
    }

    /// The batch's mean loss as it would be after the update.
    private func loss(ofProposed rows: Int) -> Double {
        var sum = 0.0
        for row in 0..<rows {
            stack.forward(row: row, weights: parameters.proposedWeights)
            sum += target.value(stack.output(row: row), numbers[row])
        }
        return sum / Double(rows)
    }

    private mutating func refused() -> LearningOutcome {
        forwarded[0] = 0
        updatesRefused &+= 1
        return LearningOutcome(loss: 0, result: .refused)
    }
}
