extension AdaptiveLinearModel {
    /// Adds one record's part, and does all parts at once where the batch is full: every weight goes the mean of the ways that
    /// the records ask for, and experts are judged by all of them.
    mutating func accumulate(_ steps: AdaptiveSteps) -> LearningOutcome.Result {
        let largest = steps.norm + steps.productNorm + steps.marginNorm + steps.squaredGradient
        let isSound =
            largest < Parameters.largestMagnitude && isSound(steps.plain) && isSound(steps.scaled)
            && isSound(steps.products) && isSound(Lanes(steps.stacker))
        if isSound { add(steps) }
        guard (recordsLearned &+ 1) % UInt64(configuration.batch) == 0 else { return isSound ? .pending : .refused }
        return finish() ? .updated : .refused
    }

    private func isSound(_ steps: Lanes) -> Bool {
        all(steps.magnitudes .< Lanes(repeating: Parameters.largestMagnitude))
    }

    private mutating func add(_ steps: AdaptiveSteps) {
        let values = UnsafePointer(inputs.values.base)
        let linear = inputs.linearCount
        StepSizeBank.add(-steps.plain, values, into: pending.plain.base, linear)
        StepSizeBank.add(-steps.scaled, inputs.scaled.base, into: pending.scaled.base, linear)
        StepSizeBank.add(-steps.products, values, into: pending.products.base, products.coordinates)
        for expert in 0..<mix.stacker.experts { pending.stacker[expert] -= steps.stacker * mix.heldMargins[expert] }
        pending.multiply(steps.likelihoods, steps.levelLikelihoods)
        CoordinateScales.add(values, squaredGradient: steps.squaredGradient, into: pending.squares.base, linear)
        pending.residual += steps.residual
    }

    private mutating func finish() -> Bool {
        let part = 1 / Float(configuration.batch)
        let isKept =
            plain.allows(pending.plain, part) && scaled.allows(pending.scaled, part)
            && products.allows(pending.products, part) && mix.stacker.allows(pending.stacker, part)
        if isKept {
            plain.add(pending.plain, part)
            scaled.add(pending.scaled, part)
            products.add(pending.products, part)
            mix.stacker.add(pending.stacker, part)
            mix.update(pending.likelihoods.base, pending.levelLikelihoods)
            scales.add(pending.squares)
            memory.add(pending.residual / Double(configuration.batch))
        }
        pending.clear()
        return isKept
    }
}

extension Lanes {
    fileprivate init(_ four: SIMD4<Float>) {
        self.init(lowHalf: four, highHalf: .zero)
    }
}
