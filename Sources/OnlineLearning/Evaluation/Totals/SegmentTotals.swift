internal import Records

/// The sums behind the metrics of each declared segment, and of all others together.
/// - Shape: `segments + 1`, the other one last. Cost: O(1) a record, allocates nothing after `init`.
struct SegmentTotals: ~Copyable {
    let kind: EvaluatedTarget
    /// Those with metrics of their own.
    let declared: Int
    private let totals: UnsafeMutablePointer<MetricTotals>
    private let records: Storage<UInt64>

    /// - Parameter declared: 0 for no metrics by segment at all.
    init(_ kind: EvaluatedTarget, declared: Int) {
        self.kind = kind
        self.declared = declared
        let count = declared > 0 ? declared + 1 : 0
        totals = .allocate(capacity: max(count, 1))
        for index in 0..<count { (totals + index).initialize(to: MetricTotals(kind)) }
        records = Storage(repeating: 0, count: count)
    }

    deinit {
        totals.deinitialize(count: records.count)
        totals.deallocate()
    }

    var count: Int { records.count }

    /// Where a segment's index is counted: one that isn't declared, or beyond those with metrics of their own, in the last.
    @inline(__always)
    func place(_ segment: Int) -> Int { 0..<declared ~= segment ? segment : declared }

    @inline(__always)
    mutating func add(_ seen: Observation) {
        totals[seen.segment].add(seen)
        records[seen.segment] += 1
    }

    /// Adds the records of another stream, which has the same segments.
    mutating func merge(_ other: borrowing SegmentTotals) {
        for index in 0..<count {
            totals[index].merge(other.totals[index])
            records[index] += other.records[index]
        }
    }

    func values(quantile: Double?, classNames: [String]) -> [SegmentValues] {
        (0..<count).map { index in
            var values = MetricValues(records: records[index])
            totals[index].fill(&values, quantile: quantile)
            values.name(classNames)
            return SegmentValues(index: index < declared ? index : nil, values: values)
        }
    }
}

extension SegmentTotals {
    func save(to archive: inout StateArchive, under name: String) {
        guard count > 0 else { return }
        archive.put(name + "/records", counters: UnsafeBufferPointer(records.values))
        for index in 0..<count { totals[index].save(to: &archive, under: "\(name)/\(index)") }
    }

    /// A snapshot from before the segments begins them anew.
    mutating func restore(from archive: StateArchive, under name: String) throws(StateError) {
        guard count > 0 else { return }
        guard archive[name + "/records"] != nil else {
            self = SegmentTotals(kind, declared: declared)
            return
        }
        let counts = try archive.counters(name + "/records", count: count)
        for index in 0..<count { try totals[index].restore(from: archive, under: "\(name)/\(index)") }
        records.base.update(from: counts, count: counts.count)
    }
}
