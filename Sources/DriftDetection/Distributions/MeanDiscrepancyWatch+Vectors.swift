extension MeanDiscrepancyWatch {
    /// The vectors, by their place in memory.
    enum Part: Int {
        case reference, window, difference, otherDifference, newest, previous
    }

    @inline(__always)
    func part(_ part: Part) -> UnsafeMutableBufferPointer<Double> {
        let count = features.count
        return UnsafeMutableBufferPointer(rebasing: vectors[(part.rawValue * count)..<((part.rawValue + 1) * count)])
    }

    func add(_ source: Part, to target: Part) {
        let (source, target) = (part(source), part(target))
        for index in 0..<source.count { target[index] += source[index] }
    }

    func copy(_ source: Part, to target: Part) { _ = part(target).update(fromContentsOf: part(source)) }

    /// The newest vector less the one before.
    func difference(into target: Part) {
        let (newest, previous, target) = (part(.newest), part(.previous), part(target))
        for index in 0..<target.count { target[index] = newest[index] - previous[index] }
    }

    func product(_ first: Part, _ second: Part) -> Double {
        let (first, second) = (part(first), part(second))
        var sum = 0.0
        for index in 0..<first.count { sum += first[index] * second[index] }
        return sum
    }

    /// One number that stands for the newest row where only its likeness to its neighbours counts.
    var projection: Double { part(.newest).reduce(0, +) }

    mutating func endWindow() {
        let verdict = judged()
        self.verdict = verdict
        collected = 0
        part(.window).update(repeating: 0)
        // A shift looks like neighbours that are alike: it would excuse itself.
        if verdict.isNotable { windowInflation = inflation } else { inflation = windowInflation }
    }

    private borrowing func judged() -> DistributionVerdict {
        let (rows, now) = (Double(filled), Double(collected))
        let (reference, window) = (part(.reference), part(.window))
        var length = 0.0
        var squared = 0.0
        for index in 0..<reference.count {
            let mean = reference[index] / rows
            let difference = window[index] / now - mean
            length += mean * mean
            squared += difference * difference
        }
        // The vectors' length is 1, so their covariance's trace is what the mean's leaves of it.
        let trace = max(1 - length, 1e-12)
        let traceOfSquare = max(products / (4 * (rows / 4).rounded(.down)), trace * trace / Double(reference.count))
        let effectiveCount = rows * now / (rows + now) / inflation.estimate
        let degrees = trace * trace / traceOfSquare
        let chance = ChiSquaredDistribution.upperTail(
            effectiveCount * squared * degrees / trace, degrees: degrees)
        let effect = max(0, squared - trace / effectiveCount).squareRoot()
        return DistributionVerdict(
            statistic: squared,
            threshold: configuration.minimumEffect * configuration.minimumEffect
                + trace / effectiveCount,
            pValue: chance, effect: effect, minimumEffect: configuration.minimumEffect)
    }
}
