extension ValueLeaf {
    /// The question that takes most from the squared deviations of the labels, its merit as a share of them.
    /// - Cost: O(observed × bins).
    func bestSplit() -> SplitChoice {
        var choice = SplitChoice()
        for place in 0..<observed {
            let (merit, first, last) = bestThreshold(place)
            guard merit > 0 else { continue }
            choice.consider(
                merit: merit, place: place, input: watched[place],
                threshold: histogram(place).threshold(first: first, last: last), bin: first)
        }
        return choice
    }

    /// The best of the bins' ends, and the last one that divides the records in the same way.
    private func bestThreshold(_ place: Int) -> (merit: Double, first: Int, last: Int) {
        var best = (merit: 0.0, first: 0, last: 0)
        let histogram = histogram(place)
        guard histogram.width > 0 else { return best }
        var all = LabelSums()
        for bin in 0..<InputHistogram.bins { all.add(histogram.sums(bin)) }
        let whole = all.summary.squares
        guard whole > 0 else { return best }
        let smallestBranch = max(0.01 * weight, 2)
        var below = LabelSums()
        for bin in 0..<InputHistogram.bins - 1 {
            if histogram.sums(bin)[0] == 0 {
                if best.last == bin { best.last = bin + 1 }
                continue
            }
            below.add(histogram.sums(bin))
            let above = all.without(below)
            guard min(below.weight, above.weight) >= smallestBranch else { continue }
            let merit = (whole - below.summary.squares - above.summary.squares) / whole
            if merit > best.merit { best = (merit, bin + 1, bin + 1) }
        }
        return best
    }

    /// The labels in the bins of an input below `bin`, and in the others.
    func divide(_ place: Int, bin: Int) -> (below: ValueSummary, above: ValueSummary) {
        var sums = (below: LabelSums(), above: LabelSums())
        for each in 0..<bin { sums.below.add(histogram(place).sums(each)) }
        for each in bin..<InputHistogram.bins { sums.above.add(histogram(place).sums(each)) }
        var (below, above) = (sums.below.summary, sums.above.summary)
        below.mean += anchor
        above.mean += anchor
        return (below, above)
    }
}

/// Sums of weights, of weighted labels and of their squares.
struct LabelSums {
    static let count = 3
    var weight = 0.0
    var label = 0.0
    var square = 0.0

    @inline(__always)
    mutating func add(_ sums: UnsafePointer<Double>) {
        weight += sums[0]
        label += sums[1]
        square += sums[2]
    }

    func without(_ other: LabelSums) -> LabelSums {
        LabelSums(weight: weight - other.weight, label: label - other.label, square: square - other.square)
    }

    var summary: ValueSummary {
        var summary = ValueSummary()
        guard weight > 0 else { return summary }
        summary.weight = weight
        summary.mean = label / weight
        summary.squares = max(square - label * summary.mean, 0)
        return summary
    }
}
