internal import Records

extension FactorBank {
    /// Takes the record at hand into the batch.
    /// - Returns: Nil where the record's gradients aren't finite: it has left no trace.
    @inline(__always)
    mutating func accumulate(number: Float, weight: Float) -> Float? {
        let outputs = outputs
        let output = mix.mean(outputs)
        let slopes = outputs - Lanes(all: number)
        let pushes = slopes * Lanes(all: weight)
        let norms = gradientNorms
        guard (norms * pushes * pushes).isBelow(Parameters.largestMagnitude),
            weight * norms.largest < Parameters.largestMagnitude
        else {
            return nil
        }
        for position in 0..<reading.pointer.pointee.record.count {
            let entry = reading.pointer.pointee.record[position]
            let value = Lanes(all: entry.value)
            let values = reading.pointer.pointee[position]
            let sums = batch.sums(of: entry.index)
            sums[0] += pushes * value
            guard entry.index != intercept else { continue }
            let push = pushes * value
            for factor in 0..<factors {
                let others = reading.pointer.pointee.sums[factor] - values[1 + factor] * value
                sums[1 + factor] += push * others
            }
        }
        batchNorms += norms * Lanes(all: weight)
        if isBinary {
            nextMix.update(probabilities: outputs, number: number)
        } else {
            nextMix.update(residuals: slopes, residual: output - number)
        }
        return output
    }

    /// The squared norm of the margin's gradient by all weights and factors.
    @inline(__always)
    private var gradientNorms: Lanes {
        var norms = Lanes(all: 0)
        for position in 0..<reading.pointer.pointee.record.count {
            let entry = reading.pointer.pointee.record[position]
            let value = Lanes(all: entry.value)
            let values = reading.pointer.pointee[position]
            var squares = Lanes(all: 1)
            if entry.index != intercept {
                for factor in 0..<factors {
                    let others = reading.pointer.pointee.sums[factor] - values[1 + factor] * value
                    squares += others * others
                }
            }
            norms += squares * value * value
        }
        return norms
    }

    /// One update with the batch's mean gradient, and the batch is empty again.
    /// - Parameter number: the label of the record at hand, the batch's last.
    /// - Returns: False where the update was refused and no weight has changed.
    @inline(__always)
    mutating func finishBatch(number: Float) -> Bool {
        let before = (outputs - Lanes(all: number)).magnitudes
        let isSound = stageUpdate()
        var isKept = isSound
        if isSound {
            table.exchange(batch.coordinates)
            readValues()
            let after = (outputs - Lanes(all: number)).magnitudes
            // A loss goes with the residual's square, and for two classes nearly with the error of the probability.
            let runaway = after.exceeds(before * Lanes(all: isBinary ? 1000 : 31.6)) * after.exceeds(Lanes(all: 0.5))
            if runaway.total > 0 {
                table.exchange(batch.coordinates)
                stepFactors = (stepFactors - stepFactors * runaway * Lanes(all: 0.5)).within(0x1p-30, 1)
                isKept = false
            }
        }
        if isKept { mix = nextMix } else { nextMix = mix }
        batch.removeAll()
        batchNorms = Lanes(all: 0)
        return isKept
    }

    /// Writes the changed rows beside the table; true where all of them are sound.
    @inline(__always)
    private mutating func stageUpdate() -> Bool {
        let part = Lanes(all: 1 / Float(records))
        var step = rule.steps * stepFactors
        if rule.dividesSteps {
            let curvature = Lanes(all: isBinary ? 0.25 : 1) * batchNorms * part
            step = step / (Lanes(all: 1) + step * curvature)
        }
        let staged = table.stage(batch.count)
        let width = table.width
        for position in 0..<batch.count {
            let coordinate = batch.coordinates[position].index
            let row = staged + position &* width
            row.update(from: table[coordinate], count: width)
            let gradients = batch[position]
            guard coordinate != intercept else {
                rule.withoutPenalties.move(row, gradient: gradients[0] * part, step: step)
                continue
            }
            if isNew(row) {
                for factor in 0..<factors {
                    rule.begin(row + (1 + factor) &* Rule.width, at: firstFactor(coordinate, factor))
                }
            }
            for column in 0...factors {
                rule.move(row + column &* Rule.width, gradient: gradients[column] * part, step: step)
            }
        }
        var isSound = true
        for index in 0..<batch.count &* width where !(abs(staged[index]) < Parameters.largestMagnitude) {
            isSound = false
        }
        return isSound
    }
}
