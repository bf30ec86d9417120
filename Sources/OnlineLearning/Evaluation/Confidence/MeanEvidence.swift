/// Up to three losses of every record in so many batches, from which it can be told how sure their means are, though
/// neighbouring records are alike.
///
/// Batches are of equal length; when there is no place for another one, each two become one. So their means are nearly
/// independent once a batch is longer than the likeness reaches.
/// - Shape: `[batches, 4]`. Cost: O(1) a record, allocates nothing after `init`.
/// - Source: Fishman, Management Science 25 (1978), for batch means; Howard, Ramdas, McAuliffe and Sekhon, The Annals of
///   Statistics 49 (2021), for the squared distances from what was expected before the record.
struct MeanEvidence: ~Copyable {
    static let batches = 64
    /// By batch: weight, and the same times each loss.
    let sums = Storage<SIMD4<Double>>(repeating: .zero, count: batches)
    var open = 0
    var inOpen: UInt64 = 0
    var length: UInt64 = 1
    var ended = SIMD4<Double>.zero
    /// The mean of the batches that have ended: what is expected of the next record.
    var expected = SIMD4(1, 0.5, 0.5, 0.5)
    /// Sum of the squared, weighted distances from what was expected.
    var spread = SIMD4<Double>.zero
    var heaviest = 0.0
    var records: UInt64 = 0

    /// - Parameters:
    ///   - losses: 1, and three losses.
    ///   - areBounded: the distances from what is expected are kept too.
    @inline(__always)
    mutating func add(_ losses: SIMD4<Double>, weight: Double, areBounded: Bool) {
        sums[open] += weight * losses
        if areBounded {
            let distance = weight * (losses - expected)
            spread += distance * distance
            if weight > heaviest { heaviest = weight }
        }
        records += 1
        inOpen += 1
        if inOpen == length { endBatch() }
    }

    private mutating func endBatch() {
        ended += sums[open]
        expected = ended / ended[0]
        inOpen = 0
        open += 1
        guard open == Self.batches else { return }
        for batch in 0..<Self.batches / 2 { sums[batch] = sums[2 * batch] + sums[2 * batch + 1] }
        for batch in Self.batches / 2..<Self.batches { sums[batch] = .zero }
        open = Self.batches / 2
        length *= 2
    }

    var summary: MeanSummary {
        var summary = MeanSummary()
        summary.records = records
        summary.sums = sums.values.reduce(.zero, +)
        summary.spread = spread
        summary.heaviest = heaviest
        guard open > 1, summary.sums[0] > 0 else { return summary }
        let mean = summary.sums / summary.sums[0]
        for batch in 0..<open {
            let distance = sums[batch] - sums[batch][0] * mean
            summary.squares += distance * distance
        }
        summary.degrees = Double(open - 1)
        summary.squares *= Double(open) / summary.degrees
        return summary
    }
}
