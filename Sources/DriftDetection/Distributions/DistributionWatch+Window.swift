extension DistributionWatch {
    /// One row of counts as long as there are bins: 0 for the reference, 1 for the window.
    func row(_ index: Int) -> UnsafeBufferPointer<Double> {
        UnsafeBufferPointer(rebasing: counts[(index * rowLength)..<(index * rowLength + bins.count)])
    }

    /// Sorts the reference, cuts the bins and counts. It is whole.
    mutating func settle() {
        reference.sortInPlace()
        (present, mean, deviation) = Self.moments(UnsafeBufferPointer(reference))
        bins.cut(UnsafeBufferPointer(reference), present: present)
        count(UnsafeBufferPointer(reference), into: 0)
    }

    /// Takes the ring of a rolling reference over.
    mutating func roll() {
        _ = reference.update(fromContentsOf: ring)
        settle()
    }

    mutating func endWindow() {
        collected = 0
        count(UnsafeBufferPointer(current), into: 1)
        var withWindow = inflation
        for value in current {
            withWindow.add(position(value))
            guard ring.count > 0 else { continue }
            ring[oldest] = value
            oldest = (oldest + 1) % ring.count
        }
        if configuration.test == .wasserstein { current.sortInPlace() }
        var verdict = judged()
        verdict.meanShift = meanShift()
        self.verdict = verdict
        // A shift of the mean looks like neighbours that are alike: it would excuse itself.
        if !verdict.isNotable { inflation = withWindow }
    }

    private borrowing func judged() -> DistributionVerdict {
        let factor = inflation.estimate
        let least = configuration.minimumEffect
        guard configuration.test.needsNumbers else {
            return HistogramTest.verdict(
                configuration.test, reference: row(0), current: row(1), minimumEffect: least, inflation: factor)
        }
        let (before, now) = (UnsafeBufferPointer(reference), UnsafeBufferPointer(current))
        let distance =
            configuration.test == .wasserstein
            ? KolmogorovSmirnov.statistic(before, now)
            : KolmogorovSmirnov.statistic(before, unsorted: now, tallies: tallies)
        let cells = reference.count * current.count
        let isSmall = factor == 1 && cells <= 10_000
        let effectiveCount = Double(cells) / Double(reference.count + current.count) / factor
        let chance =
            isSmall
            ? KolmogorovSmirnov.exactPValue(distance, counts: reference.count, current.count)
            : KolmogorovSmirnov.asymptoticPValue(distance, effectiveCount: effectiveCount)
        let statistic = configuration.test == .wasserstein ? standardizedWasserstein() : distance
        return DistributionVerdict(
            statistic: statistic, threshold: least, pValue: chance, effect: statistic, minimumEffect: least)
    }

    /// In standard deviations of the reference, a million at most; 0 where one side has no value.
    private borrowing func meanShift() -> Double {
        guard case .numbers = configuration.kind else { return 0 }
        let now = Self.moments(UnsafeBufferPointer(current))
        guard present > 0, now.present > 0 else { return 0 }
        return min(max((now.mean - mean) / unit, -1e6), 1e6)
    }

    /// The reference's standard deviation; where that is nothing, the least that counts.
    var unit: Double { max(deviation, 1e-12 * mean.magnitude, 1e-12) }

    /// In standard deviations of the reference, a million at most; 0 where one side has no value.
    private borrowing func standardizedWasserstein() -> Double {
        let now = current.count - Int(counts[rowLength + bins.count - 1])
        guard present > 0, now > 0 else { return 0 }
        let distance = WassersteinDistance.between(
            UnsafeBufferPointer(rebasing: reference[..<present]), UnsafeBufferPointer(rebasing: current[..<now]))
        return min(distance / unit, 1e6)
    }

    private func count(_ values: UnsafeBufferPointer<Double>, into row: Int) {
        bins.count(
            values, into: UnsafeMutableBufferPointer(rebasing: counts[(row * rowLength)..<((row + 1) * rowLength)]))
    }

    /// Where the value lies in the reference, in standard deviations, within ±4; the missing lie at the upper end.
    func position(_ value: Double) -> Double {
        guard value.isFinite else { return TiltedReference.largest }
        let distance = (value - mean) / unit
        return min(max(distance, -TiltedReference.largest), TiltedReference.largest)
    }

    /// Of the values that aren't missing: their number, mean and standard deviation.
    static func moments(_ values: UnsafeBufferPointer<Double>) -> (present: Int, mean: Double, deviation: Double) {
        var present = 0
        var sum = 0.0
        for value in values where value.isFinite {
            present += 1
            sum += value
        }
        guard present > 0 else { return (0, 0, 0) }
        let mean = sum / Double(present)
        var squares = 0.0
        for value in values where value.isFinite { squares += (value - mean) * (value - mean) }
        return (present, mean, (squares / Double(present)).squareRoot())
    }
}
