internal import LinearAlgebra

/// One step of each cell, forward and back.
extension RecurrentTape {
    @inline(__always)
    func rnnForward(_ step: Int) {
        let count = shape.hidden
        let next = hidden.base + (step + 1) * count
        let sums = gates.base + step * count
        for unit in 0..<count { next[unit] = sums[unit] + recurrent[unit] }
        Vectors.hyperbolicTangent(next, count: count)
    }

    @inline(__always)
    func rnnBackward(_ step: Int) {
        let count = shape.hidden
        let next = hidden.base + (step + 1) * count
        let slope = inputSlopes.base + step * count
        for unit in 0..<count { slope[unit] = stateSlope[unit] * (1 - next[unit] * next[unit]) }
    }

    @inline(__always)
    func gruForward(_ step: Int) {
        let count = shape.hidden
        let before = hidden.base + step * count
        let next = before + count
        let reset = gates.base + step * shape.gates
        let update = reset + count
        let new = update + count
        let kept = cells.base + (step + 1) * count
        for unit in 0..<2 * count { reset[unit] += recurrent[unit] }
        Vectors.sigmoid(reset, count: 2 * count)
        for unit in 0..<count {
            kept[unit] = recurrent[2 * count + unit]
            new[unit] += reset[unit] * kept[unit]
        }
        Vectors.hyperbolicTangent(new, count: count)
        for unit in 0..<count { next[unit] = new[unit] + update[unit] * (before[unit] - new[unit]) }
    }

    @inline(__always)
    func gruBackward(_ step: Int) {
        let count = shape.hidden
        let before = hidden.base + step * count
        let reset = gates.base + step * shape.gates
        let update = reset + count
        let new = update + count
        let kept = cells.base + (step + 1) * count
        let slope = inputSlopes.base + step * shape.gates
        let hiddenSlope = hiddenSlopes.base + step * shape.gates
        for unit in 0..<count {
            let up = stateSlope[unit]
            let newSlope = up * (1 - update[unit]) * (1 - new[unit] * new[unit])
            let resetSlope = newSlope * kept[unit] * reset[unit] * (1 - reset[unit])
            let updateSlope = up * (before[unit] - new[unit]) * update[unit] * (1 - update[unit])
            slope[unit] = resetSlope
            slope[count + unit] = updateSlope
            slope[2 * count + unit] = newSlope
            hiddenSlope[unit] = resetSlope
            hiddenSlope[count + unit] = updateSlope
            hiddenSlope[2 * count + unit] = newSlope * reset[unit]
        }
    }

    @inline(__always)
    func lstmForward(_ step: Int) {
        let count = shape.hidden
        let entry = gates.base + step * shape.gates
        let forget = entry + count
        let new = forget + count
        let exit = new + count
        for unit in 0..<shape.gates { entry[unit] += recurrent[unit] }
        Vectors.sigmoid(entry, count: 2 * count)
        Vectors.hyperbolicTangent(new, count: count)
        Vectors.sigmoid(exit, count: count)
        let before = cells.base + step * count
        let after = before + count
        let bent = bentCells.base + step * count
        let next = hidden.base + (step + 1) * count
        for unit in 0..<count {
            after[unit] = forget[unit] * before[unit] + entry[unit] * new[unit]
            bent[unit] = after[unit]
        }
        Vectors.hyperbolicTangent(bent, count: count)
        for unit in 0..<count { next[unit] = exit[unit] * bent[unit] }
    }

    @inline(__always)
    func lstmBackward(_ step: Int) {
        let count = shape.hidden
        let entry = gates.base + step * shape.gates
        let forget = entry + count
        let new = forget + count
        let exit = new + count
        let before = cells.base + step * count
        let bent = bentCells.base + step * count
        let slope = inputSlopes.base + step * shape.gates
        for unit in 0..<count {
            let up = stateSlope[unit]
            let cell = cellSlope[unit] + up * exit[unit] * (1 - bent[unit] * bent[unit])
            slope[unit] = cell * new[unit] * entry[unit] * (1 - entry[unit])
            slope[count + unit] = cell * before[unit] * forget[unit] * (1 - forget[unit])
            slope[2 * count + unit] = cell * entry[unit] * (1 - new[unit] * new[unit])
            slope[3 * count + unit] = up * bent[unit] * exit[unit] * (1 - exit[unit])
            cellSlope[unit] = cell * forget[unit]
        }
    }
}
