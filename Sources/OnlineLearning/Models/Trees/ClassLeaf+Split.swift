internal import Glibc

extension ClassLeaf {
    /// The question that tells most of the class, by what it takes from the entropy, in bits.
    /// - Parameter scratch: `[2, classes]`.
    /// - Cost: O(observed × bins × classes).
    func bestSplit(scratch: UnsafeMutablePointer<Double>) -> SplitChoice {
        var choice = SplitChoice()
        let whole = entropy(weights)
        for place in 0..<observed {
            let (merit, first, last) = bestThreshold(place, whole: whole, scratch)
            guard merit > 0 else { continue }
            choice.consider(
                merit: merit, place: place, input: inputs[place],
                threshold: histogram(place).threshold(first: first, last: last), bin: first)
        }
        return choice
    }

    /// A question that leaves less than this share of the weight on one side isn't asked.
    private static var smallestBranch: Double { 0.01 }

    /// The best of the bins' ends, and the last one that divides the records in the same way.
    private func bestThreshold(
        _ place: Int, whole: Double, _ scratch: UnsafeMutablePointer<Double>
    ) -> (merit: Double, first: Int, last: Int) {
        var best = (merit: 0.0, first: 0, last: 0)
        let histogram = histogram(place)
        guard histogram.width > 0 else { return best }
        let (below, above) = (scratch, scratch + classes)
        let total = weight
        below.update(repeating: 0, count: classes)
        for bin in 0..<InputHistogram.bins - 1 {
            let sums = histogram.sums(bin)
            let inBin = sum(sums)
            if inBin == 0 {
                if best.last == bin { best.last = bin + 1 }
                continue
            }
            for label in 0..<classes {
                below[label] += sums[label]
                above[label] = max(weights[label] - below[label], 0)
            }
            let belowTotal = sum(below)
            let aboveTotal = total - belowTotal
            guard min(belowTotal, aboveTotal) >= Self.smallestBranch * total else { continue }
            let rest = (belowTotal * entropy(below) + aboveTotal * entropy(above)) / total
            if whole - rest > best.merit { best = (whole - rest, bin + 1, bin + 1) }
        }
        return best
    }

    /// Each class's weight in the bins of an input below `bin`, and in the others.
    func divide(
        _ place: Int, bin: Int, _ below: UnsafeMutablePointer<Double>, _ above: UnsafeMutablePointer<Double>
    ) {
        below.update(repeating: 0, count: classes)
        for each in 0..<bin {
            let sums = histogram(place).sums(each)
            for label in 0..<classes { below[label] += sums[label] }
        }
        for label in 0..<classes { above[label] = max(weights[label] - below[label], 0) }
    }

    private func sum(_ values: UnsafePointer<Double>) -> Double {
        var sum = 0.0
        for label in 0..<classes { sum += values[label] }
        return sum
    }

    /// In bits.
    private func entropy(_ values: UnsafePointer<Double>) -> Double {
        let total = sum(values)
        guard total > 0 else { return 0 }
        var entropy = 0.0
        for label in 0..<classes where values[label] > 0 {
            let share = values[label] / total
            entropy -= share * log2(share)
        }
        return entropy
    }
}
