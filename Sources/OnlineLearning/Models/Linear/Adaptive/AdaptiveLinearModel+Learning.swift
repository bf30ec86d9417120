internal import LinearAlgebra

extension AdaptiveLinearModel {
    /// One update, or a part of one, from the record whose margins are at hand.
    @inline(__always)
    mutating func take(_ loss: LaneLoss) -> LearningOutcome.Result {
        let steps = steps(loss)
        if configuration.batch > 1 { return accumulate(steps) }
        guard allows(steps) else { return .refused }
        let values = UnsafePointer(inputs.values.base)
        plain.move(steps.plain, along: values)
        scaled.move(steps.scaled, along: inputs.scaled.base)
        if mix.blocks == 3 { products.move(steps.products, along: values) }
        mix.stacker.move(steps.stacker, along: mix.heldMargins)
        withUnsafePointer(to: steps.likelihoods) { likelihoods in
            likelihoods.withMemoryRebound(to: Lanes.self, capacity: 3) { mix.update($0, steps.levelLikelihoods) }
        }
        scales.add(values, squaredGradient: steps.squaredGradient, count: inputs.linearCount)
        memory.add(steps.residual)
        return .updated
    }

    @inline(__always)
    private func steps(_ loss: LaneLoss) -> AdaptiveSteps {
        let last = mix.last
        let values = UnsafePointer(inputs.values.base)
        let norm = Vectors.squaredNorm(values, count: inputs.linearCount)
        let scaledNorm = scales.scale(values, into: inputs.scaled.base, count: inputs.linearCount)
        let marginNorm = Vectors.squaredNorm(mix.heldMargins, count: 8 &* mix.blocks)
        var steps = AdaptiveSteps(
            plain: step(plain, 0, loss, norm), scaled: step(scaled, 1, loss, scaledNorm), products: .zero,
            stacker: .zero,
            likelihoods: (loss.likelihoods(mix.outputs[0]), loss.likelihoods(mix.outputs[1]), .zero),
            levelLikelihoods: loss.likelihoods(last.levelOutputs),
            norm: norm.squareRoot(), productNorm: 0, marginNorm: marginNorm.squareRoot(), squaredGradient: 0,
            residual: 0)
        if mix.blocks == 3 {
            let productNorm =
                norm + Vectors.squaredNorm(values + inputs.linearCount, count: inputs.productCount)
            steps.products = step(products, 2, loss, productNorm)
            steps.likelihoods.2 = loss.likelihoods(mix.outputs[2])
            steps.productNorm = productNorm.squareRoot()
        }
        let wide = Lanes(lowHalf: last.stacked, highHalf: .zero)
        let said = Lanes(lowHalf: last.levelOutputs.highHalf, highHalf: .zero)
        steps.stacker = mix.stacker.steps(
            loss.gradients(wide, outputs: said).lowHalf, weight: loss.weight,
            curvature: loss.curvatures(wide).lowHalf, squaredNorm: marginNorm)
        let mixed = Lanes(repeating: last.mixed)
        let gradient = loss.gradients(mixed, outputs: mixed)[0] * loss.weight
        steps.squaredGradient = gradient * gradient
        steps.residual = residual(loss, Double(last.mixed))
        return steps
    }

    @inline(__always)
    private func step(_ bank: borrowing StepSizeBank, _ block: Int, _ loss: LaneLoss, _ squaredNorm: Float) -> Lanes {
        let margins = mix.margins[block]
        return bank.steps(
            loss.gradients(margins, outputs: mix.outputs[block]), weight: loss.weight,
            curvature: loss.curvatures(margins), squaredNorm: squaredNorm)
    }

    /// Label minus what was said of it, in a unit in which its usual size is about 1.
    @inline(__always)
    private func residual(_ loss: LaneLoss, _ mixed: Double) -> Double {
        switch loss.kind {
        case .poisson:
            let mean = PoissonLoss.mean(margin: mixed)
            return (Double(loss.target) - mean) / max(mean, 1).squareRoot()
        case .hinge, .squaredHinge: return Double(loss.target) - LogisticLoss.probability(margin: mixed)
        default: return Double(loss.target) - mixed
        }
    }

    /// Whether every weight stays sound; nothing but bounds has changed where not.
    @inline(__always)
    private mutating func allows(_ steps: AdaptiveSteps) -> Bool {
        // Scaled inputs are no longer than those that they come from.
        plain.allows(steps.plain, norm: steps.norm) && scaled.allows(steps.scaled, norm: steps.norm)
            && products.allows(steps.products, norm: steps.productNorm)
            && mix.stacker.allows(steps.stacker, norm: steps.marginNorm)
    }
}
