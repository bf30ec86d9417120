internal import Records

/// How often it really is so when a score says it is so probable: from recent labelled records, by bins of the score.
///
/// Neighbouring bins whose shares would fall while their scores rise share one value. A bin is begun with a tenth of a record
/// that is what its score says, so before labels come a score is believed.
/// - Shape: `[bins, 4]`. Cost: O(1) a record, and O(bins) every 64th label; allocates nothing after `init`.
/// - Source: Ayer, Brunk, Ewing, Reid and Silverman, Annals of Mathematical Statistics 26 (1955), for the neighbours' values;
///   Zadrozny and Elkan, KDD 2002, for calibration by them.
struct ScoreCalibrator: ~Copyable {
    /// As `ScoreHistogram`'s, eight together: each a quarter of the distance from 0 or 1 wide.
    private static let width = 8
    static let bins = ScoreHistogram.bins / width
    private static let prior = 0.1
    private static let labelsACurve: UInt64 = 64

    /// By bin: weight, that of what was so, the weight times the score, the weight times what was told at the prediction.
    let sums = Storage<SIMD4<Double>>(repeating: .zero, count: bins)
    private let curve = Storage<Double>(repeating: 0, count: bins)
    /// While the curve is made: of each run of bins with one value, weight, weight times value and length.
    private let runs = Storage<SIMD4<Double>>(repeating: .zero, count: bins)
    private var labels: UInt64 = 0

    init() { makeCurve(worth: 1) }

    @inline(__always)
    static func bin(_ score: Double) -> Int { ScoreHistogram.bin(min(max(score, 0), 1)) / width }

    func probability(_ bin: Int) -> Double { curve[bin] }

    /// - Parameter weight: of this record, `worth` where all count the same.
    mutating func learn(_ bin: Int, score: Double, isSo: Bool, told: Double, weight: Double, worth: Double) {
        sums[bin] += weight * SIMD4(1, isSo ? 1 : 0, score, told)
        labels += 1
        if labels % Self.labelsACurve == 0 { makeCurve(worth: worth) }
    }

    func lighten(by worth: Double) {
        for bin in 0..<Self.bins { sums[bin] /= worth }
    }

    /// - Parameter worth: what a record of weight 1 is worth now.
    private func makeCurve(worth: Double) {
        var last = -1
        for bin in 0..<Self.bins {
            let seen = sums[bin] / worth
            let said = seen[0] > 0 ? seen[2] / seen[0] : Self.middle(bin)
            last += 1
            runs[last] = SIMD4(seen[0] + Self.prior, seen[1] + Self.prior * said, 1, 0)
            while last > 0, runs[last - 1][1] * runs[last][0] >= runs[last][1] * runs[last - 1][0] {
                runs[last - 1] += runs[last]
                last -= 1
            }
        }
        var bin = 0
        for run in 0...last {
            let value = min(max(runs[run][1] / runs[run][0], 0), 1)
            for _ in 0..<Int(runs[run][2]) {
                curve[bin] = value
                bin += 1
            }
        }
    }

    /// Between the borders of a bin; the outermost ones reach to 0 and 1.
    private static func middle(_ bin: Int) -> Double {
        guard bin < bins / 2 else { return 1 - middle(bins - 1 - bin) }
        let steps = 32 / width
        let power = Double(sign: .plus, exponent: bin / steps - 25, significand: 1)
        return power * (1 + (Double(bin % steps) + 0.5) / Double(steps))
    }
}

extension ScoreCalibrator {
    func save(to archive: inout StateArchive, under name: String) {
        archive.put(name, doubles: sums.values.flatMap { [$0[0], $0[1], $0[2], $0[3]] })
        archive.put(name + "/curve", doubles: UnsafeBufferPointer(curve.values))
        archive.put(name + "/labels", counters: [labels])
    }

    mutating func restore(from archive: StateArchive, under name: String) throws(StateError) {
        let values = try archive.sums(name, count: 4 * Self.bins)
        let known = try archive.sums(name + "/curve", count: Self.bins)
        guard known.allSatisfy({ $0 <= 1 }) else {
            throw .impossible(name: name + "/curve", reason: "a probability is at most 1")
        }
        labels = try archive.counters(name + "/labels", count: 1)[0]
        for bin in 0..<Self.bins { sums[bin] = SIMD4(values[(4 * bin)..<(4 * bin + 4)]) }
        curve.base.update(from: known, count: known.count)
    }
}
