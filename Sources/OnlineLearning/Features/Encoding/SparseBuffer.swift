internal import Records

/// The sparse values of one record, in memory that is made once.
struct SparseBuffer: ~Copyable {
    private let values: Storage<SparseValue>
    private(set) var count = 0

    init(capacity: Int) { values = Storage(repeating: SparseValue(index: 0, value: 0), count: capacity) }

    mutating func clear() { count = 0 }

    /// Adds `value` at the coordinate that the hash says, with the sign that its highest bit says: of values that meet at one
    /// coordinate as many are added as taken away, so that sums over many stay right in the mean.
    /// - Source: Weinberger, Dasgupta, Langford, Smola and Attenberg, "Feature hashing for large scale multitask learning",
    ///   ICML (2009).
    @inline(__always)
    mutating func add(_ hash: UInt64, mask: UInt64, value: Float = 1) {
        guard value != 0, count < values.count else { return }
        values[count] = SparseValue(
            index: UInt32(truncatingIfNeeded: hash & mask), value: hash >> 63 == 0 ? value : -value)
        count += 1
    }

    var all: UnsafeBufferPointer<SparseValue> { UnsafeBufferPointer(start: values.base, count: count) }
}
