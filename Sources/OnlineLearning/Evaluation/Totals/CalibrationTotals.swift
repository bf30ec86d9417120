internal import Records

/// How probable predictions were said to be, and how often they were right: weights by equal steps of the probability.
///
/// Two classes: the positive one's probability, and whether it was true. Several: that of the class said, and whether it was
/// right. A probability on the border of two bins belongs to the lower one.
/// - Shape: `[bins, 4]`. Cost: O(1) a record.
/// - Source: Naeini, Cooper and Hauskrecht, AAAI 2015, for the expected calibration error.
struct CalibrationTotals: ~Copyable {
    static let bins = 10
    /// By bin: weight, the same times the probability, weight of what was right; the last one is not used.
    private let sums = Storage<SIMD4<Double>>(repeating: .zero, count: bins)

    @inline(__always)
    mutating func add(_ seen: Observation) {
        let steps = min(max(seen.confidence, 0), 1) * Double(Self.bins)
        var bin = Int(steps)
        if Double(bin) == steps && bin > 0 { bin -= 1 }
        sums[bin] += seen.weight * SIMD4(1, seen.confidence, seen.wasConfidentlyRight ? 1 : 0, 0)
    }

    /// Adds the records of another stream.
    mutating func merge(_ other: borrowing CalibrationTotals) {
        for bin in 0..<Self.bins { sums[bin] += other.sums[bin] }
    }

    /// Fills in the curve, and the mean distance of its bins from the diagonal.
    func fill(_ values: inout MetricValues) {
        let total = sums.values.reduce(0) { $0 + $1[0] }
        guard total > 0 else { return }
        values.calibration = sums.values.enumerated().compactMap { bin, sum in
            guard sum[0] > 0 else { return nil }
            return CalibrationBin(
                lower: Double(bin) / Double(Self.bins), upper: Double(bin + 1) / Double(Self.bins), weight: sum[0],
                probability: sum[1] / sum[0], share: sum[2] / sum[0])
        }
        values.calibrationError = values.calibration.reduce(0) { error, bin in
            error + bin.weight / total * abs(bin.probability - bin.share)
        }
    }
}

extension CalibrationTotals {
    func save(to archive: inout StateArchive, under name: String) {
        archive.put(name, doubles: sums.values.flatMap { [$0[0], $0[1], $0[2]] })
    }

    /// A snapshot from before it begins it anew.
    mutating func restore(from archive: StateArchive, under name: String) throws(StateError) {
        let values = try archive.laterSums(name, count: 3 * Self.bins)
        for bin in 0..<Self.bins { sums[bin] = SIMD4(values[3 * bin], values[3 * bin + 1], values[3 * bin + 2], 0) }
    }
}
