internal import LinearAlgebra

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension AdaptiveSoftmaxModel {
    static func logarithm(_ value: Float) -> Double { log(Double(value)) }

    /// One update, or a part of one, from the record whose margins are at hand.
    mutating func take(_ target: Int, weight: Float) -> LearningOutcome.Result {
        let isSound = prepare(target, weight: weight)
        let likelihoods = raised(mix.probabilities[target], weight)
        let levelLikelihoods = raised(mix.levelOutputs[target], weight)
        if configuration.batch > 1 {
            if isSound { add(target, weight: weight, likelihoods, levelLikelihoods) }
            guard recordsLearned % UInt64(configuration.batch) == 0 else { return isSound ? .pending : .refused }
            return finish() ? .updated : .refused
        }
        guard isSound, allows() else { return .refused }
        for index in 0..<classes {
            recall(index)
            let scaled = scaled.base + index &* bank.coordinates
            bank.move(steps[index], along: inputs.base, scaled, row: index)
            mix.stacker.move(stackerSteps[index], along: mix.heldMargins(index))
            let slope = weight * self.slope(index, target)
            scales.add(inputs.base, squaredGradient: slope * slope, row: index, count: bank.coordinates)
        }
        withUnsafePointer(to: likelihoods) { mix.shares.update($0) }
        mix.levels.update(levelLikelihoods)
        for index in 0..<classes { memories.base[index].add(-Double(slope(index, target))) }
        return .updated
    }

    /// Of the mixed probability: what it is minus what it should have been.
    @inline(__always)
    func slope(_ index: Int, _ target: Int) -> Float { mix.mixed[index] - (index == target ? 1 : 0) }

    @inline(__always)
    private func raised(_ likelihoods: Lanes, _ weight: Float) -> Lanes {
        var raised = likelihoods.atLeast(LaneLoss.smallestLikelihood)
        guard weight != 1 else { return raised }
        for lane in 0..<8 { raised[lane] = Float(exp(Double(weight) * Self.logarithm(raised[lane]))) }
        return raised.atLeast(LaneLoss.smallestLikelihood)
    }

    /// The steps of all classes; whether each of them is sound. Changes nothing but what belongs to the record at hand.
    private func prepare(_ target: Int, weight: Float) -> Bool {
        let coordinates = bank.coordinates
        let curvature = Lanes(repeating: Float(Softmax.curvature))
        let limit = Lanes(repeating: Parameters.largestMagnitude)
        var marginNorm: Float = 0
        for index in 0..<classes { marginNorm += Vectors.squaredNorm(mix.heldMargins(index), count: 8) }
        var isSound = true
        for index in 0..<classes {
            recall(index)
            let own = scaled.base + index &* coordinates
            let scaledNorm = scales.scale(inputs.base, into: own, row: index, count: coordinates)
            let norm = Vectors.squaredNorm(inputs.base, count: coordinates)
            let norms = Lanes(lowHalf: SIMD4(repeating: norm), highHalf: SIMD4(repeating: scaledNorm))
            let goal: Float = index == target ? 1 : 0
            let found = bank.steps(
                mix.probabilities[index] - goal, weight: weight, curvature: curvature * norms, squaredNorm: 1)
            steps[index] = found
            let stacked = mix.levelOutputs[index].highHalf - goal
            stackerSteps[index] = mix.stacker.steps(
                stacked, weight: weight, curvature: SIMD4(repeating: Float(Softmax.curvature)), squaredNorm: marginNorm)
            isSound = isSound && norm < Parameters.largestMagnitude && all(found.magnitudes .< limit)
        }
        return isSound
    }

    /// Whether every weight stays sound; nothing but bounds has changed where not.
    private mutating func allows() -> Bool {
        var largest = Lanes.zero
        var largestStacked = SIMD4<Float>.zero
        for index in 0..<classes {
            recall(index)
            let norm = Vectors.squaredNorm(inputs.base, count: bank.coordinates).squareRoot()
            let changes = steps[index].magnitudes * norm
            largest.replace(with: changes, where: .!(changes .<= largest))
            let stacked = stackerSteps[index]
            largestStacked += stacked.replacing(with: -stacked, where: stacked .< 0)
        }
        return bank.allows(largest, norm: 1)
            && mix.stacker.allows(largestStacked, norm: MarginLimits.classes.highest)
    }
}
