public import Records

extension SupportVectorModel {
    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        guard let raw = label.target, weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        guard let number = target.number(of: raw), weight > 0, weight <= Double(Parameters.largestMagnitude),
            let x = inputs(x), space.gather(x, into: &record)
        else { return refused() }
        margins.values.update(repeating: 0)
        var norm = 0.0
        var largest = 0.0
        for position in 0..<record.count {
            let entry = record[position]
            add(entry.index, entry.value)
            norm += Double(entry.value) * Double(entry.value)
            largest = max(largest, Double(abs(entry.value)))
        }
        guard scaleMargins() else { return refused() }
        let before = nextCalibration
        let (loss, isRunaway) = takeSteps(number: number, norm: norm, largest: largest, weight: weight)
        let isLast = (recordsLearned &+ 1) % UInt64(configuration.batch) == 0
        recordsLearned &+= 1
        if isRunaway {
            stepFactor = max(stepFactor / 2, 0x1p-30)
            nextCalibration = before
            updatesRefused &+= 1
        } else if target.classes == 0 {
            target.scaling.update(&target.statistics, with: raw)
        }
        guard isLast, !(isRunaway && batch.count == 0) else {
            return LearningOutcome(loss: loss, result: isRunaway ? .refused : .pending)
        }
        let isKept = finishBatch()
        if !isKept { updatesRefused &+= 1 }
        return LearningOutcome(loss: loss, result: isKept && !isRunaway ? .updated : .refused)
    }

    private mutating func refused() -> LearningOutcome {
        updatesRefused &+= 1
        return LearningOutcome(loss: 0, result: .refused)
    }

    /// Works out how far the record moves each margin's weights, and adds that to the batch where neither loss nor step runs away.
    /// - Parameters:
    ///   - norm: the record's squared norm.
    ///   - largest: its largest magnitude.
    /// - Returns: The loss before, of all outputs together, and whether the update is refused.
    @inline(__always)
    private mutating func takeSteps(
        number: Double, norm: Double, largest: Double, weight: Double
    ) -> (loss: Double, isRunaway: Bool) {
        let kind = configuration.loss
        var loss = 0.0
        var lossAfter = 0.0
        var longest = 0.0
        for output in 0..<outputs {
            let goal = target.goal(of: output, number: number)
            let margin = margins[output]
            let (distance, side) = kind.shortfall(margin: margin, target: goal, epsilon: configuration.epsilon)
            let step = norm > 0 ? stepLength(distance: distance, norm: norm, weight: weight) : 0
            loss += kind.value(distance: distance)
            let after = kind.shortfall(
                margin: margin + side * step * norm, target: goal, epsilon: configuration.epsilon)
            lossAfter += kind.value(distance: after.distance)
            if target.classes > 0 { nextCalibration.learn(margin: margin, number: goal > 0 ? 1 : 0) }
            margins[output] = side * step
            longest = max(longest, step)
        }
        // A step without bounds may also be beyond what a batch can add up in Float32.
        guard lossAfter <= 1000 * max(loss, 1), longest * largest < Double(Parameters.largestMagnitude) else {
            return (loss, true)
        }
        for position in 0..<record.count {
            let entry = record[position]
            let sums = batch.sums(of: entry.index)
            for output in 0..<outputs { sums[output].value += Float(margins[output] * Double(entry.value)) }
        }
        return (loss, false)
    }

    /// How far the weights go along the record, per unit of its values.
    @inline(__always)
    private func stepLength(distance: Double, norm: Double, weight: Double) -> Double {
        switch configuration.method {
        case .passiveAggressive: return distance / norm * min(weight, 1)
        case .passiveAggressiveI(let aggressiveness): return min(aggressiveness * weight, distance / norm)
        case .passiveAggressiveII(let aggressiveness): return distance / (norm + 1 / (2 * aggressiveness * weight))
        case .pegasos(let regularization, let boundedSteps):
            let step = stepFactor * weight / (regularization * Double(updates + 1))
            let free = step * configuration.loss.slope(distance: distance)
            guard boundedSteps else { return free }
            return configuration.loss == .squaredHinge
                ? free / (1 + 2 * step * norm) : min(free, distance / norm)
        }
    }

    /// One update with the batch's mean step, and the batch is empty again.
    /// - Returns: False where it was refused and no weight has changed.
    private mutating func finishBatch() -> Bool {
        var part = 1 / Double(configuration.batch)
        if case .pegasos(let regularization, _) = configuration.method { part *= regularization * Double(updates + 1) }
        let staged = table.stage(batch.count)
        var isSound = true
        for position in 0..<batch.count {
            let row = table[batch.coordinates[position].index]
            for output in 0..<outputs {
                let changed = row[output] + Float(part * Double(batch[position][output].value))
                if !(abs(changed) < Parameters.largestMagnitude) { isSound = false }
                staged[position &* outputs + output] = changed
            }
        }
        if isSound {
            table.keep(batch.coordinates)
            updates += 1
            calibration = nextCalibration
        } else {
            nextCalibration = calibration
        }
        batch.removeAll()
        return isSound
    }
}
