internal import Records

/// The predictions whose labels are still out, by bins of their score.
/// - Shape: `[bins, 4]`. Cost: O(1) a record, allocates nothing after `init`.
struct WaitingScores: ~Copyable {
    /// By bin: how many; of these, how many said that it is so; the sums of their log loss if it is so, and if it isn't.
    let sums: Storage<SIMD4<Double>>
    private(set) var records: UInt64 = 0

    init(bins: Int) { sums = Storage(repeating: .zero, count: bins) }

    mutating func add(_ bin: Int, _ seen: SIMD4<Double>) {
        sums[bin] += seen
        records += 1
    }

    /// One that was added waits no longer; one that wasn't changes nothing.
    mutating func remove(_ bin: Int, _ seen: SIMD4<Double>) {
        guard sums[bin][0] >= 1 else { return }
        records -= 1
        // What rounding leaves behind goes with the last one.
        sums[bin] = sums[bin][0] > 1 ? sums[bin] - seen : .zero
    }

    func save(to archive: inout StateArchive, under name: String) {
        archive.put(name, doubles: sums.values.flatMap { [$0[0], $0[1], $0[2], $0[3]] })
    }

    mutating func restore(from archive: StateArchive, under name: String) throws(StateError) {
        let values = try archive.finite(name, count: 4 * sums.count)
        var waiting = 0.0
        for bin in 0..<sums.count {
            sums[bin] = SIMD4(values[(4 * bin)..<(4 * bin + 4)])
            guard sums[bin][0] >= 0, sums[bin][0] == sums[bin][0].rounded() else {
                throw .impossible(name: name, reason: "a number of records is whole and not below 0")
            }
            waiting += sums[bin][0]
        }
        guard waiting < 0x1p53 else { throw .impossible(name: name, reason: "so many records can't wait") }
        records = UInt64(waiting)
    }
}
