public import Records

extension VariationalAutoencoder {
    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        guard weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        // Which record it is decides what is drawn: a replay draws the same.
        var mixer = SeededGenerator(seed: configuration.seed ^ recordsLearned)
        var generator = SeededGenerator(seed: mixer.next())
        let drawn = noise.base + row * configuration.latent
        for index in 0..<configuration.latent { drawn[index] = Float(generator.normal()) }
        return learnDrawn(x, weight)
    }

    /// Learns with noise that is given instead of drawn: `[latent]`, finite, as from the standard normal distribution.
    public mutating func learn(_ x: InputVector, noise given: UnsafeBufferPointer<Float>, weight: Double)
        -> LearningOutcome
    {
        precondition(given.count == configuration.latent, "each latent number has its noise")
        guard weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        guard given.allSatisfy({ abs($0) < InputRow.largestMagnitude }) else { return refused() }
        let drawn = noise.base + row * configuration.latent
        for index in 0..<configuration.latent { drawn[index] = given[index] }
        return learnDrawn(x, weight)
    }

    private mutating func learnDrawn(_ x: InputVector, _ weight: Double) -> LearningOutcome {
        guard weight > 0, weight.isFinite else { return refused() }
        if x.stamp == 0 || forwarded[0] != x.stamp {
            guard forward(x) else { return refused() }
        }
        forwarded[0] = 0
        let row = row
        let score = forwardedScore[0]
        decodeSample(row: row, weights: parameters.weights)
        let loss = loss(row: row)
        guard loss.isFinite else { return refused() }
        importances[row] = weight
        recordsLearned &+= 1
        var result = LearningOutcome.Result.pending
        if row + 1 == configuration.batch { result = update() ? .updated : .refused }
        if result != .refused { quantile.add(score) }
        return LearningOutcome(loss: loss, result: result)
    }

    /// - Returns: False where the update was refused and nothing has changed.
    private mutating func update() -> Bool {
        let rows = configuration.batch
        writeGradient(rows: rows)
        let proposal = parameters.propose()
        guard proposal.isSound else {
            updatesRefused &+= 1
            return false
        }
        var before = 0.0
        for row in 0..<rows { before += loss(row: row) / Double(rows) }
        parameters.divergence.note(before)
        if proposal.isLarge, parameters.diverges(before: before, after: loss(ofProposed: rows)) {
            updatesRefused &+= 1
            return false
        }
        parameters.accept()
        return true
    }

    /// The batch's mean loss as it would be after the update, by the same noise.
    private func loss(ofProposed rows: Int) -> Double {
        var sum = 0.0
        for row in 0..<rows {
            encoder.forward(row: row, weights: parameters.proposedWeights)
            decodeSample(row: row, weights: parameters.proposedWeights)
            sum += loss(row: row)
        }
        return sum / Double(rows)
    }

    private mutating func refused() -> LearningOutcome {
        forwarded[0] = 0
        updatesRefused &+= 1
        return LearningOutcome(loss: 0, result: .refused)
    }
}
