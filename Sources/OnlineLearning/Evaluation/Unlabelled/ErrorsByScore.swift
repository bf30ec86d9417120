internal import Records

/// The errors of a regression to be expected of a predicted value: the mean ones of recent labelled records whose prediction was
/// of the same size, and of all of them where there are few.
///
/// Sizes are told apart to a quarter of a power of two, and by sign.
/// - Shape: `[bins, 4]`. Cost: O(1) a record, allocates nothing after `init`.
struct ErrorsByScore: ~Copyable {
    /// From 2^-16 to 2^32; what is smaller or larger is in the outermost ones.
    private static let side = 48 * 4
    static let bins = 2 * side
    /// Records that the mean over all counts for in each bin.
    private static let prior = 10.0

    /// By bin, and in the last one for all: weight, the same times the absolute and the squared error; one isn't used.
    private let sums: Storage<SIMD4<Double>>

    /// - Parameter isUsed: else there is no bin.
    init(isUsed: Bool) { sums = Storage(repeating: .zero, count: isUsed ? Self.bins + 1 : 0) }

    @inline(__always)
    static func bin(_ score: Double) -> Int {
        let leading = Int(abs(score).bitPattern >> 50) - (1023 - 16) * 4
        let size = min(max(leading, 0), side - 1)
        return score < 0 ? side - 1 - size : side + size
    }

    /// The absolute and the squared error; nil before the first label.
    /// - Parameter worth: what a record of weight 1 is worth now.
    func expected(_ bin: Int, worth: Double) -> SIMD2<Double>? {
        let all = sums[Self.bins]
        guard all[0] > 0 else { return nil }
        let (own, mean) = (sums[bin], all / all[0])
        let prior = Self.prior * worth
        return SIMD2(own[1] + prior * mean[1], own[2] + prior * mean[2]) / (own[0] + prior)
    }

    func learn(_ bin: Int, error: Double, weight: Double) {
        let seen = weight * SIMD4(1, abs(error), error * error, 0)
        sums[bin] += seen
        sums[Self.bins] += seen
    }

    func lighten(by worth: Double) {
        for bin in 0..<sums.count { sums[bin] /= worth }
    }

    func save(to archive: inout StateArchive, under name: String) {
        archive.put(name, doubles: sums.values.flatMap { [$0[0], $0[1], $0[2]] })
    }

    func restore(from archive: StateArchive, under name: String) throws(StateError) {
        let values = try archive.sums(name, count: 3 * sums.count)
        for bin in 0..<sums.count {
            sums[bin] = SIMD4(values[3 * bin], values[3 * bin + 1], values[3 * bin + 2], 0)
        }
    }
}
