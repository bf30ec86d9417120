extension AdaptiveSoftmaxModel {
    /// Adds one record's part to the batch.
    mutating func add(_ target: Int, weight: Float, _ likelihoods: Lanes, _ levelLikelihoods: SIMD8<Float>) {
        let coordinates = bank.coordinates
        for index in 0..<classes {
            recall(index)
            let place = index &* coordinates
            StepSizeBank.add(
                -steps[index], inputs.base, scaled.base + place, into: pending.weights.base + place, coordinates)
            for expert in 0..<8 { pending.stacker[expert] -= stackerSteps[index] * mix.heldMargins(index)[expert] }
            let slope = weight * slope(index, target)
            CoordinateScales.add(
                inputs.base, squaredGradient: slope * slope, into: pending.squares.base + place, coordinates)
            pending.residuals[index] -= Double(self.slope(index, target))
        }
        pending.multiply(likelihoods, levelLikelihoods)
    }

    /// Does all parts at once: every weight goes the mean of the ways that the records ask for.
    mutating func finish() -> Bool {
        let part = 1 / Float(configuration.batch)
        let isKept = bank.allows(pending.weights, part) && mix.stacker.allows(pending.stacker, part)
        if isKept {
            bank.add(pending.weights, part)
            mix.stacker.add(pending.stacker, part)
            withUnsafePointer(to: pending.likelihoods) { mix.shares.update($0) }
            mix.levels.update(pending.levelLikelihoods)
            scales.add(pending.squares)
            for index in 0..<classes { memories.base[index].add(pending.residuals[index] * Double(part)) }
        }
        pending.clear()
        return isKept
    }
}
